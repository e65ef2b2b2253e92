import 'server-only'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { type LinkActor, openPayLink } from '@/lib/access/pay-link'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { withTenant } from '@/lib/base/db'
import { billingContact } from '@/lib/billing/queries'
import { getTenant } from '@/lib/tenancy/queries'
import { type Locale, localeOf } from '@/messages/words'

/** Who holds this link, for actions and files: one that no longer opens is "not found". */
export async function requireLink(slug: string, token: string): Promise<LinkActor> {
  const link = await openPayLink(slug, token)
  if (!link.ok && link.because === 'unknown') await throttle('payLink', clientNetwork(await headers()))
  if (!link.ok) notFound()
  return link.actor
}

/** The language of a page without a person: what the address asks for, the client's, the MSP's. */
export async function localeOfLink(actor: LinkActor, asked: string | undefined): Promise<Locale> {
  return withTenant(actor.tenantId, async (tx) => {
    const contact = await billingContact(tx, actor.clientId)
    return localeOf(asked, contact?.locale, (await getTenant(tx)).locale)
  })
}
