import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { saveConnection } from '@/lib/connectors/connection'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'
import type { TestStripe } from '../../sandbox/stripe/test-stripe.ts'

/** An MSP with a Stripe account at the stand-in, and as many clients and open invoices as a test asks for. */
export type TestMsp = {
  tenantId: string
  staffId: string
  makeClient: (name?: string, currency?: 'CAD' | 'USD') => Promise<string>
  /** An open invoice in the client's currency, mirrored in the journal as a sync would. */
  makeInvoice: (clientId: string, totalMinor: bigint) => Promise<string>
  balanceOf: (invoiceId: string) => Promise<bigint>
}

let number = 20_000

export async function makeMsp(slug: string, stripe?: TestStripe): Promise<TestMsp> {
  const { tenantId, staffId } = await createTenant({
    slug,
    name: 'Larkfield IT',
    legalName: 'Larkfield IT LLC',
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: `renee@${slug}.example`, name: 'Renee Okafor' },
  })
  if (stripe !== undefined) {
    const { account } = stripe
    await withTenant(tenantId, (tx) =>
      saveConnection(tx, {
        kind: 'payments',
        connector: 'stripe',
        secret: { mode: 'connect', account },
        account,
        accountName: 'Larkfield IT',
        missing: [],
      }),
    )
  }
  return {
    tenantId,
    staffId,
    makeClient: (name = 'Hadley & Moss Architects', currency = 'USD') => makeClient(tenantId, name, currency),
    makeInvoice: (clientId, totalMinor) => makeInvoice(tenantId, clientId, totalMinor),
    balanceOf: async (invoiceId) => {
      const row = await withTenant(tenantId, (tx) =>
        tx.row<{ balanceMinor: bigint }>(
          sql`select balance_minor from invoices where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
        ),
      )
      if (row === undefined) throw new Error('no such invoice')
      return row.balanceMinor
    },
  }
}

async function makeClient(tenantId: string, name: string, currency: string): Promise<string> {
  const id = newId()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, source_hash, source) values (${tenantId}, ${id}, ${name}, ${currency}, '', ${json({})})`)
    await tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      values (${tenantId}, ${newId()}, ${id}, 'Dana Whitfield', ${`dana+${id.slice(-6)}@hadleymoss.example`}, true, 'payer', '', ${json({})})`)
  })
  return id
}

async function makeInvoice(tenantId: string, clientId: string, totalMinor: bigint): Promise<string> {
  const id = newId()
  number += 1
  await withTenant(tenantId, async (tx) => {
    const client = await tx.row<{ currency: string }>(
      sql`select currency from clients where tenant_id = ${tx.tenantId} and id = ${clientId}`,
    )
    const currency = client?.currency ?? 'USD'
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${id}, ${clientId}, 'invoice', ${String(number)}, 'open', 'Standard', 'Sent', '2026-11-02', '2026-12-02', ${currency}, 0, ${totalMinor}, ${totalMinor}, 1, '')`)
    await tx.run(sql`
      insert into invoice_versions (tenant_id, invoice_id, version, total_minor, source_hash, source, seen_at)
      values (${tenantId}, ${id}, 1, ${totalMinor}, '', '{}', now())`)
    await record(tx, [
      {
        cause: { kind: 'invoice.mirrored', id },
        happenedAt: new Date(),
        bookedOn: '2026-11-02',
        movements: [
          { debit: 'receivable', credit: 'billed', amount: money(totalMinor, currency), clientId, invoiceId: id },
        ],
      },
    ])
  })
  return id
}

/** A confirmation token as Stripe's script makes it in the browser, from a test card or a test bank account. */
export async function tokenFor(
  stripe: Pick<TestStripe, 'service' | 'clock' | 'account'>,
  method: { card: string } | { bank: string; verification?: 'instant' | 'microdeposits' },
): Promise<string> {
  const form = new URLSearchParams(
    'card' in method
      ? {
          'payment_method_data[type]': 'card',
          'payment_method_data[card][number]': method.card,
          'payment_method_data[card][exp_month]': '12',
          'payment_method_data[card][exp_year]': String(stripe.clock.now().getUTCFullYear() + 8),
          'payment_method_data[card][cvc]': '123',
        }
      : {
          'payment_method_data[type]': 'us_bank_account',
          'payment_method_data[us_bank_account][routing_number]': '110000000',
          'payment_method_data[us_bank_account][account_number]': method.bank,
          'payment_method_data[us_bank_account][account_holder_type]': 'company',
          'payment_method_data[billing_details][name]': 'Dana Whitfield',
          'payment_method_data[billing_details][email]': 'dana@hadleymoss.example',
          _verification: method.verification ?? 'instant',
        },
  )
  return (await asBrowser(stripe, '/v1/confirmation_tokens', form)).id
}

type Debited = Pick<TestStripe, 'service' | 'account'>

/** The payer chooses a Canadian account in Stripe's own window, and agrees to the debit or to those to come; `isTyped`: by its numbers. */
export async function agreeToPad(stripe: Debited, clientSecret: string, number = '000123456789', isTyped = false) {
  const [id] = clientSecret.split('_secret_')
  const intent = `/v1/${id?.startsWith('seti_') ? 'setup_intents' : 'payment_intents'}/${id}`
  const account = new URLSearchParams({
    client_secret: clientSecret,
    'payment_method_data[type]': 'acss_debit',
    'payment_method_data[acss_debit][institution_number]': '000',
    'payment_method_data[acss_debit][transit_number]': '11000',
    'payment_method_data[acss_debit][account_number]': number,
    'payment_method_data[billing_details][name]': 'Dana Whitfield',
    'payment_method_data[billing_details][email]': 'dana@hadleymoss.example',
    _verification: isTyped ? 'microdeposits' : 'instant',
  })
  await asBrowser(stripe, `${intent}/link_account_sessions/attach`, account)
  const consent = { 'mandate_data[customer_acceptance][type]': 'online' }
  await asBrowser(stripe, `${intent}/confirm`, new URLSearchParams({ client_secret: clientSecret, ...consent }))
}

/** A call as Stripe's script makes it. */
async function asBrowser({ service, account }: Debited, path: string, form: URLSearchParams): Promise<{ id: string }> {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.credentials.platform.publishableKey}`,
      'stripe-account': account,
      'stripe-version': '2026-10-28.endive',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form,
  })
  const made = (await response.json()) as { id?: string; error?: { message: string } }
  if (made.id === undefined) throw new Error(made.error?.message ?? `${path} answered ${response.status}`)
  return { id: made.id }
}

/** What the stand-in's own log says was charged: the truth our journal is held against. */
export type LoggedCharge = {
  id: string
  status: string
  amount: number
  amount_refunded: number
  metadata: Record<string, string>
}

export async function chargesAtStripe(stripe: TestStripe): Promise<LoggedCharge[]> {
  return stripe.control<LoggedCharge[]>('GET', 'charges')
}
