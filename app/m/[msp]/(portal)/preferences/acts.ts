'use server'

import { redirect } from 'next/navigation'
import { requireContact } from '@/lib/access/require-contact'
import { optionalNotices } from '@/lib/mail/notice'
import { chooseLanguage, chooseNotices, chooseStatement } from '@/lib/mail/preferences'
import type { Locale } from '@/messages/words'

const locales: Record<string, Locale> = { 'en-US': 'en-US', 'fr-CA': 'fr-CA' }

/** The page comes back in the language that was chosen: what the address asked for before has had its day. */
export async function saveLanguage(slug: string, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  await chooseLanguage(actor, locales[String(form.get('locale'))])
  redirect(`/m/${encodeURIComponent(slug)}/preferences?said=language`)
}

/** A box that is not ticked is not sent. */
export async function saveNotices(slug: string, lang: string | undefined, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  const wanted = form.getAll('notice')
  await chooseNotices(
    actor,
    optionalNotices.filter((notice) => !wanted.includes(notice)),
  )
  redirect(told(slug, 'notices', lang))
}

export async function saveStatement(slug: string, lang: string | undefined, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  await chooseStatement(actor, form.get('statement') === 'monthly')
  redirect(told(slug, 'statement', lang))
}

/** Back on the page, which says that it is kept. */
function told(slug: string, said: 'notices' | 'statement', lang: string | undefined): string {
  const query = new URLSearchParams({ said, ...(typeof lang === 'string' ? { lang } : {}) })
  return `/m/${encodeURIComponent(slug)}/preferences?${query}`
}
