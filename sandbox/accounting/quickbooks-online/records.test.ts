import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Client, faultCode, type Row, untraced } from './testing.ts'

let client: Client
let customer: Row
beforeAll(async () => {
  client = await Client.start()
  customer = await client.first('Customer')
})
afterAll(() => client.stop())

const line = (Amount: number) => ({
  Amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: '1' } },
})
const invoice = (DocNumber: string, Amount = 100) => ({
  CustomerRef: { value: customer.Id },
  DocNumber,
  TxnDate: '2026-11-19',
  Line: [line(Amount)],
})

test('an invoice of the PSA stands in the books with its number, its lines and its total', async () => {
  const [seeded] = await client.rows('Invoice', "where DocNumber = '20418'")
  const lines = z.array(z.object({ Amount: z.number(), DetailType: z.string() })).parse(seeded?.Line)
  const tax = z.object({ TotalTax: z.number() }).parse(seeded?.TxnTaxDetail).TotalTax
  const sold = lines.filter(({ DetailType }) => DetailType === 'SalesItemLineDetail')
  const cents = sold.reduce((total, { Amount }) => total + Math.round(Amount * 100), Math.round(tax * 100))
  expect(cents).toBe(Math.round(Number(seeded?.TotalAmt) * 100))
})

test('a repeated requestid answers the first answer byte for byte, also after the record has changed', async () => {
  const first = await client.post('invoice', invoice('R-1'), { requestid: 'same' })
  const made = await client.first('Invoice', "where DocNumber = 'R-1'")
  await client.write('Invoice', { Id: made.Id, SyncToken: made.SyncToken, sparse: true, PrivateNote: 'changed' })
  const again = await client.post('invoice', invoice('R-other'), { requestid: 'same' })
  expect(again.text).toBe(first.text)
  expect(await client.rows('Invoice', "where DocNumber = 'R-other'")).toEqual([])
  await client.control('forget-requests', {})
  expect(faultCode(await client.post('invoice', invoice('R-1'), { requestid: 'same' }))).toBe('6140')
})

test('a refusal is not remembered under its requestid', async () => {
  expect(
    faultCode(await client.post('invoice', { ...invoice('R-2'), CustomerRef: { value: '1' } }, { requestid: 'r2' })),
  ).toBe('2500')
  expect((await client.post('invoice', invoice('R-2'), { requestid: 'r2' })).status).toBe(200)
})

test('a stale SyncToken is refused and each write raises it', async () => {
  const made = await client.write('Invoice', invoice('S-1'))
  const changed = await client.write('Invoice', { Id: made.Id, SyncToken: '0', sparse: true, PrivateNote: 'one' })
  expect(changed.SyncToken).toBe('1')
  expect(faultCode(await client.post('invoice', { Id: made.Id, SyncToken: '0', sparse: true }))).toBe('5010')
  const blind = await untraced(() => client.post('invoice', { Id: made.Id, sparse: true }))
  expect(faultCode(blind)).toBe('2020')
})

test('a sparse update keeps what it does not name, a full one clears it', async () => {
  const made = await client.write('Invoice', { ...invoice('F-1'), PrivateNote: 'kept', PONumber: 'PO 7' })
  const sparse = await client.write('Invoice', { Id: made.Id, SyncToken: '0', sparse: true, PONumber: 'PO 8' })
  expect(sparse).toMatchObject({ PrivateNote: 'kept', PONumber: 'PO 8', TotalAmt: 100 })
  const { PrivateNote: _, ...full } = sparse
  expect(await client.write('Invoice', full)).not.toHaveProperty('PrivateNote')
})

test('deleting needs id and SyncToken, answers with the status, and the record is gone', async () => {
  const made = await client.write('Invoice', invoice('D-1'))
  const blind = await untraced(() => client.post('invoice', { Id: made.Id }, { operation: 'delete' }))
  expect(faultCode(blind)).toBe('2020')
  const gone = await client.post('invoice', { Id: made.Id, SyncToken: '0' }, { operation: 'delete' })
  expect(gone.body).toMatchObject({ Invoice: { Id: made.Id, status: 'Deleted', domain: 'QBO' } })
  expect(faultCode(await client.get(`invoice/${made.Id}`))).toBe('610')
})

test('numbers and names are unique, and the refusal says who has them', async () => {
  const made = await client.write('Invoice', invoice('U-1'))
  const again = await client.post('invoice', invoice('U-1'))
  expect(faultCode(again)).toBe('6140')
  expect(again.text).toContain(`TxnId=${made.Id}`)
  expect(faultCode(await client.post('customer', { DisplayName: String(customer.DisplayName).toUpperCase() }))).toBe(
    '6240',
  )
})

test('what the interface does not know is refused, with the code for each kind of mistake', () =>
  untraced(async () => {
    expect(faultCode(await client.post('invoice', { ...invoice('X-1'), Memo: 'x' }))).toBe('2010')
    expect(faultCode(await client.post('invoice', { DocNumber: 'X-1', Line: [line(1)] }))).toBe('2020')
    expect(faultCode(await client.post('invoice', { ...invoice('X-1'), EmailStatus: 'Later' }))).toBe('2170')
    expect(faultCode(await client.post('invoice', { ...invoice('X-1'), CustomerRef: { value: '9999' } }))).toBe('2500')
    expect(faultCode(await client.post('invoice', invoice('x'.repeat(22))))).toBe('2010')
    expect(faultCode(await client.post('invoice', invoice('X-1', 10.005)))).toBe('2010')
    expect(faultCode(await client.post('invoices', invoice('X-1')))).toBe('500')
    expect(faultCode(await client.post('paymentmethod', { Name: 'More than fifteen letters' }))).toBe('2010')
    expect(faultCode(await client.post('customer', { Id: customer.Id, SyncToken: '0' }, { operation: 'delete' }))).toBe(
      '500',
    )
  }))

test('with QuickBooks numbering its own sales, the number that was sent is lost', async () => {
  await client.control('settings', { customTxnNumbers: false })
  const made = await client.write('Invoice', invoice('LOST-1'))
  expect(made.DocNumber).not.toBe('LOST-1')
  await client.control('settings', { customTxnNumbers: true })
})

test('a closed period takes nothing dated in it, nor changes to what is', async () => {
  const old = await client.first('Invoice', "where TxnDate <= '2026-10-31' orderby TxnDate desc maxresults 1")
  await client.control('close-books', { date: '2026-10-31' })
  const late = { ...invoice('P-1'), TxnDate: '2026-10-31' }
  expect(faultCode(await client.post('invoice', late))).toBe('6200')
  expect(
    faultCode(await client.post('invoice', { Id: old.Id, SyncToken: old.SyncToken, sparse: true, PrivateNote: 'x' })),
  ).toBe('6200')
  await client.control('close-books', { date: '2026-10-31', password: true })
  expect(faultCode(await client.post('invoice', late))).toBe('6210')
  expect((await client.post('invoice', { ...late, TxnDate: '2026-11-01' })).status).toBe(200)
  const preferences = await client.get('preferences')
  expect(preferences.text).toContain('"BookCloseDate":"2026-10-31"')
  await client.control('close-books', { date: null })
})

test('an entry that was made inactive is hidden from queries and cannot be used', async () => {
  const made = await client.write('Customer', { DisplayName: 'Gone & Sons' })
  await client.write('Customer', { Id: made.Id, SyncToken: '0', sparse: true, Active: false })
  expect(await client.rows('Customer', "where DisplayName = 'Gone & Sons'")).toEqual([])
  expect(await client.rows('Customer', "where DisplayName = 'Gone & Sons' and Active in (true, false)")).toHaveLength(1)
  expect(faultCode(await client.post('invoice', { ...invoice('I-1'), CustomerRef: { value: made.Id } }))).toBe('610')
})

test('a batch runs each item for itself', async () => {
  const items = [
    { bId: 'a', operation: 'create', Invoice: invoice('B-1') },
    { bId: 'b', operation: 'create', Invoice: invoice('B-1') },
    { bId: 'c', Query: "select * from Invoice where DocNumber = 'B-1'" },
  ]
  const reply = await client.post('batch', { BatchItemRequest: items })
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({
    BatchItemResponse: [
      { bId: 'a', Invoice: { DocNumber: 'B-1' } },
      { bId: 'b', Fault: { Error: [{ code: '6140' }] } },
      { bId: 'c', QueryResponse: { Invoice: [{ DocNumber: 'B-1' }] } },
    ],
  })
})

test('a batch holds at most thirty items', () =>
  untraced(async () => {
    const many = Array.from({ length: 31 }, (_, at) => ({ bId: String(at), Query: 'select * from Term' }))
    expect(faultCode(await client.post('batch', { BatchItemRequest: many }))).toBe('6000')
  }))

test('a person edits and deletes in QuickBooks under the same rules', async () => {
  const made = await client.write('Invoice', invoice('E-1'))
  const edited = await client.control('edit', { entity: 'Invoice', id: made.Id, change: { Line: [line(80)] } })
  expect(edited.body).toMatchObject({ TotalAmt: 80, SyncToken: '1' })
  await client.control('edit', { entity: 'Invoice', id: made.Id, operation: 'delete' })
  const left = await client.control('records/Invoice')
  expect(left.text).not.toContain('"E-1"')
})

test('the throttle of the vendor answers 429 with its own fault', async () => {
  await client.control('limits', { limits: { perSecond: 2, perMinute: 500, batchesPerMinute: 40 } })
  const replies = await Promise.all([1, 2, 3].map(() => client.get('preferences')))
  const refused = replies.find(({ status }) => status === 429)
  expect(refused && faultCode(refused)).toBe('3001')
  await client.control('limits', { limits: null })
})

test('a timeout after the effect leaves the record behind, and the same requestid finds it', async () => {
  client.service.faults.holdMs = 20
  client.service.faults.rules = [{ kind: 'timeout-after', match: 'POST .*/invoice', times: 1 }]
  await expect(client.post('invoice', invoice('T-1'), { requestid: 't1' })).rejects.toThrow()
  expect(await client.rows('Invoice', "where DocNumber = 'T-1'")).toHaveLength(1)
  expect((await client.post('invoice', invoice('T-1'), { requestid: 't1' })).status).toBe(200)
  expect(await client.rows('Invoice', "where DocNumber = 'T-1'")).toHaveLength(1)
})

test('a refusal may come with status 200', async () => {
  await client.control('refusals-as-ok', { times: 1 })
  const reply = await client.get('invoice/999999')
  expect([reply.status, faultCode(reply)]).toEqual([200, '610'])
  expect((await client.get('invoice/999999')).status).toBe(400)
})

test('a client that another one pays for is its sub-customer, and the parent may pay', async () => {
  const child = await client.write('Customer', {
    DisplayName: 'Branch office',
    Job: true,
    ParentRef: { value: customer.Id },
  })
  expect(child).toMatchObject({ FullyQualifiedName: `${customer.DisplayName}:Branch office` })
  const billed = await client.write('Invoice', { ...invoice('J-1'), CustomerRef: { value: child.Id } })
  const Line = [{ Amount: 100, LinkedTxn: [{ TxnId: billed.Id, TxnType: 'Invoice' }] }]
  const before = await client.read('Customer', customer.Id)
  await client.write('Payment', { CustomerRef: { value: customer.Id }, TotalAmt: 100, Line })
  const after = await client.read('Customer', customer.Id)
  expect(Number(after.BalanceWithJobs)).toBeCloseTo(Number(before.BalanceWithJobs) - 100, 2)
})

test('each answer carries a correlation id', async () => {
  expect((await client.get('preferences')).headers.get('intuit_tid')).toMatch(/^1-/)
})
