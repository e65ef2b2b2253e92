import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { readOffer } from '@/lib/payments/payable-invoices'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { getClient, listClients } from './queries'

const [larkfield, other] = [await makeMsp('larkfield'), await makeMsp('other')]
const staffOf = ({ tenantId, staffId }: TestMsp) => ({ kind: 'staff', tenantId, staffId, role: 'owner' }) as const
const usd = (minor: bigint) => money(minor, 'USD')
const cad = (minor: bigint) => money(minor, 'CAD')

const clientId = await larkfield.makeClient('Ateliers Beaupré', 'CAD')
const billedIn = (currency: string) =>
  withTenant(larkfield.tenantId, (tx) =>
    tx.run(sql`update clients set currency = ${currency} where tenant_id = ${tx.tenantId} and id = ${clientId}`),
  )

test('a client billed in two currencies owes so much in each, and no sum holds both', async () => {
  await larkfield.makeInvoice(clientId, 500_05n)
  await larkfield.makeInvoice(clientId, 200_00n)
  await billedIn('USD')
  const late = await larkfield.makeInvoice(clientId, 30_00n)
  await withTenant(larkfield.tenantId, (tx) =>
    tx.run(sql`update invoices set due_on = '2020-01-01' where tenant_id = ${tx.tenantId} and id = ${late}`),
  )
  await billedIn('CAD')
  await withTenant(larkfield.tenantId, (tx) =>
    record(
      tx,
      [cad(11_00n), usd(7_00n)].map((amount) => ({
        ...({ cause: { kind: 'recorded.paid', id: newId() }, happenedAt: new Date(), bookedOn: '2026-11-10' } as const),
        movements: [{ debit: 'bank', credit: 'unapplied', amount, clientId }],
      })),
    ),
  )
  const owed = { open: cad(700_05n), openCount: 2, others: [{ open: usd(30_00n), overdue: usd(30_00n), openCount: 1 }] }
  expect((await listClients(staffOf(larkfield))).items).toMatchObject([{ id: clientId, ...owed }])
  expect(await getClient(staffOf(larkfield), clientId)).toMatchObject({
    ...owed,
    credit: cad(11_00n),
    otherCredits: [usd(7_00n)],
  })
  const payer = { kind: 'contact', tenantId: larkfield.tenantId, clientId, contactId: newId(), role: 'payer' } as const
  const offered = async (currency?: string) => {
    const { invoices, creditMinor } = await readOffer(payer, undefined, currency)
    return [invoices.map(({ payable }) => payable), creditMinor]
  }
  expect(await offered()).toEqual([[usd(30_00n)], 7_00n])
  expect(await offered('CAD')).toEqual([[cad(500_05n), cad(200_00n)], 11_00n])
  expect(await offered('EUR')).toEqual([[], 0n])
})

test('who has left is listed while they owe something, in whatever currency', async () => {
  const gone = await larkfield.makeClient('Kestrel Freight', 'CAD')
  const leave = (id: string) =>
    withTenant(larkfield.tenantId, (tx) =>
      tx.run(sql`update clients set gone_at = now(), currency = 'USD' where tenant_id = ${tx.tenantId} and id = ${id}`),
    )
  await larkfield.makeInvoice(gone, 100n)
  await leave(gone)
  await leave(await larkfield.makeClient('Nobody & Sons'))
  const { items } = await listClients(staffOf(larkfield))
  expect(items.map(({ name, open, others }) => [name, open, others.map((one) => one.open)])).toEqual([
    ['Ateliers Beaupré', cad(700_05n), [usd(30_00n)]],
    ['Kestrel Freight', usd(0n), [cad(100n)]],
  ])
})

test('another MSP sees neither the client nor what it owes', async () => {
  expect((await listClients(staffOf(other))).items).toEqual([])
  await expect(getClient(staffOf(other), clientId)).rejects.toMatchObject({ kind: 'not-found' })
})
