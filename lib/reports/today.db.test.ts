import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { getToday } from './today'

const usd = (minor: bigint) => money(minor, 'USD')
const at = new Date('2026-11-20T15:00:00Z')
let tenantId = ''
const clientId = newId()

/**
 * Two invoices: one of $100.00 paid after ten days, by cheque; one of $300.00, overdue since Monday, of which a bank debit
 * of $200.00 is on its way.
 */
beforeAll(async () => {
  windClock(at.getTime() - Date.now())
  const owner = { email: 'renee@larkfield.example', name: 'Renee Okafor' }
  const place = { timeZone: 'America/New_York', locale: 'en-US', currency: 'USD', brand: {}, settings: {} }
  const made = await createTenant({ slug: 'larkfield', name: 'Larkfield', legalName: 'Larkfield', owner, ...place })
  tenantId = made.tenantId
  const [paid, late, attemptId] = [newId(), newId(), newId()]
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, source_hash, source) values (${tenantId}, ${clientId}, 'Kestrel Freight', 'USD', 'h', '{}')`)
    for (const [id, number, totalMinor, issuedOn, dueOn] of [
      [paid, '1', 10_000n, '2026-11-06', '2026-12-06'],
      [late, '2', 30_000n, '2026-10-16', '2026-11-16'],
    ] as const) {
      await tx.run(sql`
        insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
        values (${tenantId}, ${id}, ${clientId}, 'invoice', ${number}, 'open', 'Standard', '', ${issuedOn}, ${dueOn}, 'USD', 0, ${totalMinor}, ${totalMinor}, 1, 'h')`)
    }
    const entry = { happenedAt: new Date('2026-11-16T15:00:00Z'), bookedOn: '2026-11-16' }
    await record(tx, [
      {
        ...entry,
        cause: { kind: 'recorded.paid', id: newId() },
        movements: [{ debit: 'bank', credit: 'receivable', amount: usd(10_000n), clientId, invoiceId: paid }],
      },
    ])
    await tx.run(sql`
      insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at)
      values (${tenantId}, ${attemptId}, ${clientId}, 'acct_1', 'created', 20000, 'USD', 'link', ${at}, ${at})`)
    await tx.run(sql`
      insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight) values (${tenantId}, ${attemptId}, ${late}, 20000, 1, true)`)
    await tx.run(
      sql`update attempts set state = 'sent', sent_at = ${at} where tenant_id = ${tenantId} and id = ${attemptId}`,
    )
    await tx.run(
      sql`update attempts set state = 'processing', clears_on = '2026-11-25' where tenant_id = ${tenantId} and id = ${attemptId}`,
    )
    for (const cause of ['books-refused', 'returned'] as const)
      await raise(tx, {
        cause,
        subject: { kind: 'attempt', id: newId() },
        clientId,
        detail: 'What.',
        nextStep: 'Next.',
      })
  })
})

test('what is on its way is neither collected nor overdue', async () => {
  const { figures, onItsWay } = await getToday({ kind: 'system', tenantId, reason: 'test' })
  expect(figures.collected.minor).toBe(10_000n)
  expect(figures.throughStripe.minor).toBe(0n)
  expect(figures.overdue.minor).toBe(10_000n)
  expect(figures.toCollect.minor).toBe(10_000n)
  expect(onItsWay.total.minor).toBe(20_000n)
  expect(onItsWay.days.find(({ on }) => on === '2026-11-25')?.amount.minor).toBe(20_000n)
})

test('days to pay weigh each invoice by its amount', async () => {
  const { figures } = await getToday({ kind: 'system', tenantId, reason: 'test' })
  expect(figures.daysToPay).toBe(10)
})

test('exceptions come in the order of urgency, with whose they are', async () => {
  const { needsPerson } = await getToday({ kind: 'system', tenantId, reason: 'test' })
  expect(needsPerson.map(({ cause, exceptions }) => [cause, exceptions[0]?.clientName])).toEqual([
    ['returned', 'Kestrel Freight'],
    ['books-refused', 'Kestrel Freight'],
  ])
})

test('the page is read with four statements', async () => {
  const asked = vi.spyOn(pg.Client.prototype, 'query')
  await getToday({ kind: 'system', tenantId, reason: 'test' })
  const statements = asked.mock.calls.map(([first]) =>
    typeof first === 'string' ? first : (first as { text: string }).text,
  )
  asked.mockRestore()
  expect(statements.filter((text) => /^\s*(with|select)/.test(text))).toHaveLength(4)
})
