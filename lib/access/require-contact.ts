import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import type { Actor } from './actor'
import { readCookie } from './cookies'
import { readSession } from './session'

export type ContactActor = Extract<Actor, { kind: 'contact' }>

/** The contact who asks, at this MSP; a session at another MSP counts for nothing here. */
export async function requireContact(slug: string): Promise<ContactActor> {
  const actor = await currentContact(slug)
  if (actor === undefined) redirect(`/m/${encodeURIComponent(slug)}/sign-in`)
  return actor
}

/** The same without the redirect: for routes that answer "not found" instead. Read once per request. */
export const currentContact = cache(async (slug: string): Promise<ContactActor | undefined> => {
  const cookie = await readCookie('contact')
  if (cookie === undefined) return undefined
  const [tenantId, actor] = await Promise.all([findTenantBySlug(slug), readSession('contact', cookie)])
  return actor?.kind === 'contact' && actor.tenantId === tenantId ? actor : undefined
})
