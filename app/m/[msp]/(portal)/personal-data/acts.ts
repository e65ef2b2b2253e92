'use server'

import { redirect } from 'next/navigation'
import { requireContact } from '@/lib/access/require-contact'
import { askErasure, withdrawErasure } from '@/lib/privacy/ask-erasure'

export async function askToBeErased(slug: string, lang: string | undefined): Promise<void> {
  await askErasure(await requireContact(slug))
  tell(slug, lang, 'asked')
}

export async function takeBack(slug: string, lang: string | undefined): Promise<void> {
  await withdrawErasure(await requireContact(slug))
  tell(slug, lang, 'withdrawn')
}

function tell(slug: string, lang: string | undefined, said: string): never {
  const query = new URLSearchParams({ said, ...(typeof lang === 'string' ? { lang } : {}) })
  redirect(`/m/${encodeURIComponent(slug)}/personal-data?${query}`)
}
