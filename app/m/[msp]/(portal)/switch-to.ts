'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { writeCookie } from '@/lib/access/cookies'
import { requireContact } from '@/lib/access/require-contact'
import { switchClient } from '@/lib/access/switch-client'
import { whereOf } from '@/lib/access/where-of'
import { orNotFound } from '../or-not-found'

/** Goes on to another client of the person's, and begins on its home page. */
export async function switchTo(slug: string, lang: string | undefined, clientId: string): Promise<void> {
  const actor = await requireContact(slug)
  const cookie = await orNotFound(switchClient(actor, String(clientId), whereOf(await headers())))
  await writeCookie({ contactOf: slug }, cookie)
  redirect(`/m/${encodeURIComponent(slug)}${lang === undefined ? '' : `?lang=${encodeURIComponent(lang)}`}`)
}
