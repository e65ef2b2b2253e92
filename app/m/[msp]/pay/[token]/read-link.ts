import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { openPayLink } from '@/lib/access/pay-link'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { withTenant } from '@/lib/base/db'
import { openHolds } from '@/lib/billing/holds'
import { billingContact, changesSince, getInvoice } from '@/lib/billing/queries'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { scheduledOn } from '@/lib/payments/list-scheduled'
import { readOffer } from '@/lib/payments/payable-invoices'
import { attemptsOfInvoice } from '@/lib/payments/queries'
import { readStatement } from './read-statement'

/** Everything the page of a pay link needs. Read once per request, for the page and its title. */
export const readLink = cache(async (slug: string, token: string) => {
  const link = await openPayLink(slug, token)
  if (!link.ok) {
    if (link.because === 'unknown') await throttle('payLink', clientNetwork(await headers()))
    return link
  }
  if (link.of === 'statement') return { ...link, ...(await readStatement(link.actor)) }
  const { actor, made } = link
  const [invoice, offer, rest] = await Promise.all([
    getInvoice(actor, actor.invoiceId),
    readOffer(actor, undefined),
    withTenant(actor.tenantId, async (tx) => ({
      contact: await billingContact(tx, actor.clientId),
      attempts: await attemptsOfInvoice(tx, actor.invoiceId),
      terms: await checkoutTerms(tx),
      runOn: await scheduledOn(tx, [actor.invoiceId]),
      holds: await openHolds(tx, actor.invoiceId),
    })),
  ])
  const changes = made === undefined ? [] : await changesSince(actor, invoice, made)
  return { ...link, invoice, offer, changes, ...rest }
})
