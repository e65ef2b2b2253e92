import type { Actor } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import { type ConnectwiseService, startConnectwise } from '../../sandbox/psa/connectwise/connectwise.ts'
import { seedWorld } from '../../sandbox/world/seed-world.ts'
import { connectPsa } from './connect-psa'

export type ConnectwiseWorld = {
  service: ConnectwiseService
  clock: SimClock
  credentials: { baseUrl: string; companyId: string; publicKey: string; privateKey: string }
  /** What a person does at the PSA's own screens. */
  control: <Answer>(method: string, path: string, body?: object) => Promise<Answer>
  stop: () => Promise<void>
}

/** A ConnectWise of the test's own, with a seeded history that ends today. */
export async function startConnectwiseWorld(
  options: { scale?: number; seed?: string; msp?: 'larkfield' | 'boreal' } = {},
): Promise<ConnectwiseWorld> {
  const clock = new SimClock()
  const { seed = 'psa-tests', scale = 0.1, msp = 'larkfield' } = options
  const world = seedWorld({ seed, scale, msp, today: new Date().toISOString().slice(0, 10) })
  const service = await startConnectwise({ clock, world, seed, port: () => 0, happened: () => {} })
  process.env.SANDBOX_CLOCK_URL = service.url // sandbox mode: plain http to this machine is allowed
  process.env.CONNECTWISE_CLIENT_ID = service.credentials.clientId
  process.env.PUBLIC_URL ??= 'http://localhost:3000'
  const { companyId, publicKey, privateKey } = service.credentials
  return {
    service,
    clock,
    credentials: { baseUrl: service.url, companyId, publicKey, privateKey },
    control: async <Answer>(method: string, path: string, body?: object) => {
      const response = await fetch(`${service.url}/_sandbox/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
    stop: async () => {
      clock.stop()
      await service.close()
    },
  }
}

let tenants = 0

/** An MSP with its ConnectWise connected through the same verb as a person's. */
export async function connectTenant(
  world: ConnectwiseWorld,
): Promise<{ tenantId: string; connectionId: string; staff: Actor & { kind: 'staff' } }> {
  tenants += 1
  const { tenantId, staffId } = await createTenant({
    slug: `larkfield-${tenants}`,
    name: 'Larkfield IT',
    legalName: 'Larkfield IT LLC',
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: `renee-${tenants}@larkfield.example`, name: 'Renee Okafor' },
  })
  const staff = { kind: 'staff', tenantId, staffId, role: 'owner' } as const
  const connected = await connectPsa(staff, 'connectwise', world.credentials)
  if (!connected.ok) throw new Error(connected.reason)
  return { tenantId, connectionId: connected.connectionId, staff }
}

/** A payment through us that succeeded, as the payments' room leaves it: journal entry, allocation, write-back to do. */
export async function payThroughUs(
  tenantId: string,
  invoiceId: string,
  amountMinor: bigint,
): Promise<{ attemptId: string; writeBackId: string }> {
  const [attemptId, writeBackId] = [newId(), newId()]
  await withTenant(tenantId, async (tx) => {
    const invoice = await tx.row<{ clientId: string }>(sql`select client_id from invoices where id = ${invoiceId}`)
    const clientId = invoice?.clientId ?? ''
    await tx.run(sql`
      insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at)
      values (${tenantId}, ${attemptId}, ${clientId}, 'acct_test', 'created', ${amountMinor}, 'USD', 'link', ${now()}, ${now()})`)
    await tx.run(sql`
      insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight)
      values (${tenantId}, ${attemptId}, ${invoiceId}, ${amountMinor}, 1, true)`)
    await tx.run(
      sql`update attempts set state = 'sent', sent_at = ${now()}, state_at = ${now()} where id = ${attemptId}`,
    )
    await tx.run(sql`
      update attempts set state = 'succeeded', succeeded_at = ${now()}, state_at = ${now()}, charge_id = ${attemptId} where id = ${attemptId}`)
    await record(tx, [
      {
        cause: { kind: 'payment.succeeded', id: attemptId },
        happenedAt: now(),
        bookedOn: now().toISOString().slice(0, 10),
        movements: [
          {
            debit: 'clearing',
            credit: 'receivable',
            amount: money(amountMinor, 'USD'),
            clientId,
            invoiceId,
            attemptId,
          },
        ],
      },
    ])
    await tx.run(sql`
      insert into write_backs (tenant_id, id, attempt_id, invoice_id, amount_minor, currency, paid_on, state, created_at)
      values (${tenantId}, ${writeBackId}, ${attemptId}, ${invoiceId}, ${amountMinor}, 'USD', ${now().toISOString().slice(0, 10)}, 'waiting', ${now()})`)
  })
  return { attemptId, writeBackId }
}

export type InvoiceHere = {
  id: string
  externalId: string
  number: string
  state: string
  version: number
  totalMinor: bigint
  settledMinor: bigint
  balanceMinor: bigint
  psaBalanceMinor: bigint
  clientId: string
}

/** Our mirror of an invoice, by the PSA's id. */
export async function invoiceHere(tenantId: string, externalId: number | string): Promise<InvoiceHere> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<InvoiceHere>(sql`
      select i.id, r.external_id, i.number, i.state, i.version, i.total_minor, i.settled_minor, i.balance_minor, i.psa_balance_minor, i.client_id
      from external_refs r join invoices i on i.tenant_id = r.tenant_id and i.id = r.local_id
      where r.kind = 'invoice' and r.external_id = ${String(externalId)}`),
  )
  if (row === undefined) throw new Error(`no invoice ${externalId} here`)
  return row
}

/** What a client's account holds in the journal, `unapplied` by default: money of theirs that pays no invoice. */
export async function standsOn(tenantId: string, clientId: string, account = 'unapplied'): Promise<bigint> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ minor: bigint }>(sql`
      select coalesce(sum(case when credit = ${account} then amount_minor else -amount_minor end), 0)::bigint as minor
      from journal_lines where client_id = ${clientId} and ${account} in (debit, credit)`),
  )
  return row?.minor ?? 0n
}

/** Exceptions that are open, as `cause: detail`. */
export async function openExceptions(tenantId: string): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ cause: string; detail: string }>(
      sql`select cause, detail from exceptions where closed_at is null order by opened_at`,
    ),
  )
  return rows.map(({ cause, detail }) => `${cause}: ${detail}`)
}

/** An invoice as the stand-in holds it, in whole cents. */
export type InvoiceThere = {
  id: number
  number: string
  kind: string
  on: string
  totalCents: number
  balanceCents: number
  internalNotes: string
  client: string
  lines: { description: string; amountCents: number }[]
  payments: { id: number; amountCents: number; on: string; appliedBy: string; method: string }[]
}

/** Does something at the product's named fault points, as the crash harness does from outside; undefined: nothing more. */
export function onFaultPoint(handler: ((name: string) => void | Promise<void>) | undefined): void {
  Object.assign(globalThis, { [Symbol.for('closeloop.fault-point')]: handler })
}
