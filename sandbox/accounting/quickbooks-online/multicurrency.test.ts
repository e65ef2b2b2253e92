import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedWorld } from '../../world/seed-world.ts'
import { Client, faultCode, type Row } from './testing.ts'

let client: Client
beforeAll(async () => {
  client = await Client.start(seedWorld({ seed: 'books', scale: 1, today: '2026-11-20' }), true)
})
afterAll(() => client.stop())

const cad = { value: 'CAD' }
const sale = (Amount: number) => ({
  Amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: '1' }, Qty: 1, UnitPrice: Amount },
})
let made = 0
async function owing(Amount: number): Promise<Row> {
  made += 1
  const { Id } = await client.write('Customer', { DisplayName: `Beaupré ${made}`, CurrencyRef: cad })
  return client.write('Invoice', {
    ...{ CustomerRef: { value: Id }, CurrencyRef: cad, ExchangeRate: 0.72, DocNumber: `B-${made}` },
    Line: [sale(Amount)],
  })
}
const pays = (invoice: Row, more: object = {}) => {
  const Amount = Number(invoice.TotalAmt)
  const Line = [{ Amount, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }]
  return { CustomerRef: invoice.CustomerRef, TotalAmt: Amount, CurrencyRef: cad, Line, ...more }
}

test('the clients in Canada are customers in their dollars, and owe what their invoices say', async () => {
  const customer = await client.first('Customer', "where DisplayName = 'Ateliers Sainte-Claire inc.'")
  expect(customer.CurrencyRef).toMatchObject(cad)
  const invoice = await client.first('Invoice', `where CustomerRef = '${customer.Id}'`)
  expect(invoice).toMatchObject({ CurrencyRef: cad, DocNumber: expect.stringMatching(/^CA-/) })
  expect(Number(invoice.ExchangeRate)).toBeGreaterThan(0.7)
})

test('a customer has one currency: what is written to it in another is refused', async () => {
  const invoice = await owing(100)
  const refused = await client.post('payment', pays(invoice, { CurrencyRef: { value: 'USD' } }))
  expect([refused.status, faultCode(refused)]).toEqual([400, '6000'])
  const toHome = await client.post('payment', pays(invoice, { DepositToAccountRef: { value: '35' } }))
  expect([toHome.status, faultCode(toHome)]).toEqual([400, '6000'])
  const unknown = await client.post('payment', pays(invoice, { CurrencyRef: { value: 'EUR' } }))
  expect(unknown.status).toBe(400)
})

test('a rate that is not said is 1, and accounts at home are kept by the one that is', async () => {
  expect(await client.write('Payment', pays(await owing(50)))).toMatchObject({ ExchangeRate: 1 })
  const undeposited = async () =>
    Number((await client.first('Account', "where AccountSubType = 'UndepositedFunds'")).CurrentBalance)
  const before = await undeposited()
  await client.write('Payment', pays(await owing(200), { ExchangeRate: 0.7125 }))
  expect((await undeposited()) - before).toBeCloseTo(142.5, 2)
})

test('a deposit takes payments of its own currency only, to an account in it', async () => {
  const paid = await client.write('Payment', pays(await owing(300), { ExchangeRate: 0.71 }))
  const line = { Amount: 300, LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Payment', TxnLineId: '0' }] }
  const deposit = (account: string, currency: string) => ({
    ...{ DepositToAccountRef: { value: account }, CurrencyRef: { value: currency }, Line: [line] },
  })
  expect((await client.post('deposit', deposit('35', 'USD'))).status).toBe(400)
  expect((await client.post('deposit', deposit('35', 'CAD'))).status).toBe(400)
  const before = Number((await client.read('Account', '37')).CurrentBalance)
  expect(await client.write('Deposit', { ...deposit('37', 'CAD'), ExchangeRate: 0.71 })).toMatchObject({
    TotalAmt: 300,
  })
  expect(Number((await client.read('Account', '37')).CurrentBalance) - before).toBeCloseTo(300, 2)
})
