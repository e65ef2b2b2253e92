import { expect, test } from 'vitest'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { getToday, type Today } from './today'

const at = new Date('2026-11-20T15:00:00Z')
windClock(at.getTime() - Date.now())
const [both, other] = [await makeMsp('both'), await makeMsp('other')]

const todayOf = ({ tenantId }: TestMsp) => getToday({ kind: 'system', tenantId, reason: 'test' })
const inCurrency = ({
  figures: { collected, throughStripe, overdue, toCollect },
  onItsWay,
}: Today | Today['others'][0]) =>
  [collected, throughStripe, overdue, toCollect, onItsWay.total].map(({ minor, currency }) => `${minor} ${currency}`)

type Wanted = { currency: 'CAD' | 'USD'; totalMinor: bigint; dueOn: string; paidOn?: string; onItsWayMinor?: bigint }

/** An invoice issued ten days ago, paid by cheque on a day or a part of it on its way. */
async function invoice(msp: TestMsp, clientId: string, wanted: Wanted): Promise<void> {
  const { currency, totalMinor, dueOn, paidOn, onItsWayMinor } = wanted
  const { tenantId } = msp
  const invoiceId = await msp.makeInvoice(clientId, totalMinor)
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update invoices set issued_on = '2026-11-06', due_on = ${dueOn} where tenant_id = ${tenantId} and id = ${invoiceId}`)
    if (paidOn !== undefined) {
      const amount = money(totalMinor, currency)
      await record(tx, [
        {
          ...{
            cause: { kind: 'recorded.paid', id: newId() },
            happenedAt: new Date(`${paidOn}T15:00:00Z`),
            bookedOn: paidOn,
          },
          movements: [{ debit: 'bank', credit: 'receivable', amount, clientId, invoiceId }],
        },
      ])
    }
    if (onItsWayMinor !== undefined) {
      const attemptId = newId()
      await tx.run(sql`
        insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at)
        values (${tenantId}, ${attemptId}, ${clientId}, 'acct_1', 'created', ${onItsWayMinor}, ${currency}, 'link', ${at}, ${at})`)
      await tx.run(sql`
        insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight)
        values (${tenantId}, ${attemptId}, ${invoiceId}, ${onItsWayMinor}, 1, true)`)
      for (const state of ['sent', 'processing'])
        await tx.run(sql`
          update attempts set state = ${state}, sent_at = ${at}, clears_on = '2026-11-27' where tenant_id = ${tenantId} and id = ${attemptId}`)
    }
  })
}

test('an MSP with one currency has no other', async () => {
  const clientId = await other.makeClient('Kestrel Freight')
  await invoice(other, clientId, { currency: 'USD', totalMinor: 40_000n, dueOn: '2026-12-06' })
  const today = await todayOf(other)
  expect(today.others).toEqual([])
  expect(inCurrency(today)).toEqual(['0 USD', '0 USD', '0 USD', '40000 USD', '0 USD'])
})

test('what is paid, owed, late and on its way stands in its own currency, and no figure holds a cent of another', async () => {
  const [home, abroad] = [await both.makeClient('Kestrel Freight'), await both.makeClient('Ateliers Beaupré', 'CAD')]
  await invoice(both, home, { currency: 'USD', totalMinor: 10_000n, dueOn: '2026-12-06', paidOn: '2026-11-16' })
  await invoice(both, home, { currency: 'USD', totalMinor: 30_000n, dueOn: '2026-11-16', onItsWayMinor: 20_000n })
  await invoice(both, abroad, { currency: 'CAD', totalMinor: 7_003n, dueOn: '2026-12-06', paidOn: '2026-11-10' })
  await invoice(both, abroad, { currency: 'CAD', totalMinor: 1_000n, dueOn: '2026-12-06', paidOn: '2026-11-18' })
  await invoice(both, abroad, { currency: 'CAD', totalMinor: 500_05n, dueOn: '2026-11-10', onItsWayMinor: 100_01n })
  await invoice(both, abroad, { currency: 'CAD', totalMinor: 200_00n, dueOn: '2026-12-20' })
  const today = await todayOf(both)
  expect(inCurrency(today)).toEqual(['10000 USD', '0 USD', '10000 USD', '10000 USD', '20000 USD'])
  expect(today.figures.daysToPay).toBe(10)
  const [cad, ...more] = today.others
  expect(more).toEqual([])
  if (cad === undefined) throw new Error('nothing is said of the other currency')
  expect(inCurrency(cad)).toEqual(['8003 CAD', '0 CAD', '40004 CAD', '60004 CAD', '10001 CAD'])
  expect(cad.figures.daysToPay).toBeCloseTo((7_003 * 4 + 1_000 * 12) / 8_003, 9)
  // Thanksgiving of the United States is a day like any other for a debit in Canada.
  const thursday = ({ onItsWay }: Pick<Today, 'onItsWay'>) => onItsWay.days.find(({ on }) => on === '2026-11-26')?.open
  expect([thursday(today), thursday(cad)]).toEqual([false, true])
})

test('a currency in which nothing is owed and nothing was paid of late is not named', async () => {
  const clientId = await other.makeClient('Ateliers Beaupré', 'CAD')
  await invoice(other, clientId, { currency: 'CAD', totalMinor: 5_000n, dueOn: '2026-10-06', paidOn: '2026-10-05' })
  expect((await todayOf(other)).others).toEqual([])
})
