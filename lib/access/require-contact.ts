import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { findTenantBySlug } from '@/lib/tenancy/across-tenants'
import type { Actor } from './actor'
import { readCookie } from './cookies'
import { type OnlookerActor, readView } from './portal-view'
import { readSession } from './session'

export type ContactActor = Extract<Actor, { kind: 'contact' }>
/** Whoever reads the portal: a contact, or staff who look at it as one does. */
export type PortalReader = ContactActor | OnlookerActor

/**
 * The contact who acts, at this MSP; a session at another MSP counts for nothing here. Staff who look on are led back to
 * what they look at: nothing is done in a client's name, also where the browser holds a contact's session too.
 */
export async function requireContact(slug: string): Promise<ContactActor> {
  const actor = await currentContact(slug)
  if (actor !== undefined) return actor
  const isLooking = (await currentOnlooker(slug)) !== undefined
  redirect(`/m/${encodeURIComponent(slug)}${isLooking ? '' : '/sign-in'}`)
}

/** The same without the redirect: for actions and routes that answer "not found" instead. Read once per request. */
export const currentContact = cache(async (slug: string): Promise<ContactActor | undefined> => {
  const cookie = await readCookie({ contactOf: slug })
  if (cookie === undefined || (await currentOnlooker(slug)) !== undefined) return undefined
  const [tenantId, actor] = await Promise.all([findTenantBySlug(slug), readSession('contact', cookie)])
  return actor?.kind === 'contact' && actor.tenantId === tenantId ? actor : undefined
})

/** Who looks on at this MSP's portal, if somebody does. Read once per request. */
export const currentOnlooker = cache(async (slug: string): Promise<OnlookerActor | undefined> => {
  const cookie = await readCookie('view')
  if (cookie === undefined) return undefined
  const [tenantId, actor] = await Promise.all([findTenantBySlug(slug), readView(cookie)])
  return actor?.tenantId === tenantId ? actor : undefined
})

/** Whoever reads a page of the portal; without a session, the door. Only for pages: what acts asks for a contact. */
export async function requireReader(slug: string): Promise<PortalReader> {
  return (await currentReader(slug)) ?? requireContact(slug)
}

/** The same without the redirect: for files. */
export async function currentReader(slug: string): Promise<PortalReader | undefined> {
  return (await currentOnlooker(slug)) ?? currentContact(slug)
}
