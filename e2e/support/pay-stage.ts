import { afterAll, beforeEach } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { addDays, todayIn, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { consentTexts } from '@/lib/payments/consent-texts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { chargesAtStripe, makeMsp } from './msp.ts'

export type Contact = Extract<Actor, { kind: 'contact' }>

/** A simulated Stripe, an MSP connected to it, and one clock for both. Each test begins without the faults of the last. */
export async function startPayStage() {
  const stripe = await startTestStripe()
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
  const msp = await makeMsp('larkfield', stripe)
  const { tenantId } = msp
  const today = () => todayIn('America/New_York')
  const follow = () => windClock(stripe.clock.now().getTime() - Date.now())
  beforeEach(() => {
    stripe.service.faults.clear()
    follow()
  })
  afterAll(() => stripe.close())
  return {
    stripe,
    msp,
    tenantId,
    /** The product's clock goes where Stripe's is. */
    follow,
    /** The MSP's day. */
    today,
    wind: async ({ days = 0, minutes = 0 }: { days?: number; minutes?: number }) => {
      await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + days * 86_400_000 + minutes * 60_000))
      follow()
    },
    /** Whoever pays for this client. */
    payerOf: async (clientId: string, role: Contact['role'] = 'payer'): Promise<Contact> => {
      const row = await withTenant(tenantId, (tx) =>
        tx.row<{ id: string }>(
          sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
        ),
      )
      return { kind: 'contact', tenantId, contactId: row?.id ?? '', clientId, role }
    },
    /** An open invoice of a client that falls due in so many days. @returns its id */
    invoiceDue: async (clientId: string, minor: bigint, inDays: number): Promise<string> => {
      const id = await msp.makeInvoice(clientId, minor)
      await withTenant(tenantId, (tx) =>
        tx.run(
          sql`update invoices set due_on = ${addDays(today(), inDays)} where tenant_id = ${tx.tenantId} and id = ${id}`,
        ),
      )
      return id
    },
    /** What was charged for an invoice, by Stripe's own log, in cents. */
    chargesOf: async (invoiceId: string): Promise<number[]> => {
      const attempts = await withTenant(tenantId, (tx) =>
        tx.rows<{ attemptId: string }>(
          sql`select attempt_id from allocations where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}`,
        ),
      )
      const ids = new Set(attempts.map(({ attemptId }) => attemptId))
      return (await chargesAtStripe(stripe))
        .filter(({ metadata, status }) => ids.has(metadata.attempt_id ?? '') && status !== 'failed')
        .map(({ amount }) => amount)
    },
  }
}

/** The version in force of the words for a kind of consent. */
export function versionOf(kind: string): string {
  return consentTexts.find((one) => one.kind === kind)?.version ?? ''
}
