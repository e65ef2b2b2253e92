import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Client, faultCode, type Row, untraced } from './testing.ts'

let client: Client
let invoice: Row
beforeAll(async () => {
  client = await Client.start()
})
afterAll(() => client.stop())

let number = 0
beforeEach(async () => {
  number += 1
  const [{ Id }] = [await client.first('Customer')]
  invoice = await client.write('Invoice', {
    CustomerRef: { value: Id },
    DocNumber: `T-${number}`,
    TxnDate: '2026-11-19',
    Line: [sale(100)],
  })
})

const sale = (Amount: number) => ({
  Amount,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: '1' }, Qty: 1, UnitPrice: Amount },
})
const pays = (target: Row, Amount: number, TxnType = 'Invoice') => ({
  Amount,
  LinkedTxn: [{ TxnId: target.Id, TxnType }],
})
const payment = (TotalAmt: number, ...Line: object[]) => ({
  CustomerRef: invoice.CustomerRef,
  TotalAmt,
  TxnDate: '2026-11-20',
  Line,
})
const balance = async () => (await client.read('Invoice', invoice.Id)).Balance
const undeposited = async () =>
  (await client.first('Account', "where AccountSubType = 'UndepositedFunds'")).CurrentBalance
const fee = (Amount: number) => ({
  Amount,
  DetailType: 'DepositLineDetail',
  Description: 'Processor fee',
  DepositLineDetail: { AccountRef: { value: '7' } },
})
const takes = (target: Row, Amount: number, TxnType = 'Payment', TxnLineId = '0') => ({
  Amount,
  LinkedTxn: [{ TxnId: target.Id, TxnType, TxnLineId }],
})
const deposit = (...Line: object[]) => ({ DepositToAccountRef: { value: '35' }, TxnDate: '2026-11-20', Line })

test('an invoice balance moves with payments, and the invoice gets a new SyncToken', async () => {
  const paid = await client.write('Payment', payment(40, pays(invoice, 40)))
  expect(paid).toMatchObject({ TotalAmt: 40, UnappliedAmt: 0, SyncToken: '0', DepositToAccountRef: { value: '4' } })
  const after = await client.read('Invoice', invoice.Id)
  expect(after).toMatchObject({ Balance: 60, LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Payment' }] })
  expect(Number(after.SyncToken)).toBe(Number(invoice.SyncToken) + 1)
  const customer = await client.read('Customer', String(Reflect.get(Object(invoice.CustomerRef), 'value')))
  expect(Number(customer.Balance)).toBeGreaterThan(0)
})

test('what is not applied stays as unapplied money', async () => {
  expect(await client.write('Payment', payment(130, pays(invoice, 100)))).toMatchObject({ UnappliedAmt: 30 })
  expect(await balance()).toBe(0)
})

test('no more than the balance can be applied, nor more than the payment', async () => {
  expect(faultCode(await client.post('payment', payment(200, pays(invoice, 100.01))))).toBe('6000')
  expect(faultCode(await client.post('payment', payment(50, pays(invoice, 60))))).toBe('6000')
  await client.write('Payment', payment(100, pays(invoice, 100)))
  expect(faultCode(await client.post('payment', payment(1, pays(invoice, 1))))).toBe('6000')
  expect(await balance()).toBe(0)
})

test('a payment cannot be applied to an invoice of somebody else', async () => {
  const other = await client.first('Customer', 'startposition 2 maxresults 1')
  const strange = { ...payment(10, pays(invoice, 10)), CustomerRef: { value: other.Id } }
  expect(faultCode(await client.post('payment', strange))).toBe('6000')
})

test('a payment of nothing joins a credit memo and an invoice', async () => {
  const memo = await client.write('CreditMemo', {
    CustomerRef: invoice.CustomerRef,
    DocNumber: `C-${number}`,
    Line: [sale(30)],
  })
  await client.write('Payment', payment(0, pays(invoice, 30), pays(memo, 30, 'CreditMemo')))
  expect(await balance()).toBe(70)
  expect(await client.read('CreditMemo', memo.Id)).toMatchObject({ RemainingCredit: 0 })
})

test('a voided payment keeps its record, loses its amounts and opens the invoice again', async () => {
  const paid = await client.write('Payment', { ...payment(100, pays(invoice, 100)), PrivateNote: 'ours' })
  const gone = { Id: paid.Id, SyncToken: paid.SyncToken, sparse: true }
  const voided = await client.write('Payment', gone, { operation: 'update', include: 'void' })
  expect(voided).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided - ours' })
  expect(await balance()).toBe(100)
})

test('voiding an invoice leaves its payment unapplied', async () => {
  const paid = await client.write('Payment', payment(100, pays(invoice, 100)))
  const { SyncToken } = await client.read('Invoice', invoice.Id)
  await client.write('Invoice', { Id: invoice.Id, SyncToken }, { operation: 'void' })
  expect(await client.read('Invoice', invoice.Id)).toMatchObject({ TotalAmt: 0, Balance: 0 })
  expect(await client.read('Payment', paid.Id)).toMatchObject({ UnappliedAmt: 100, Line: [] })
})

test('an invoice that becomes smaller than what was paid gives the rest back to the payment', async () => {
  const paid = await client.write('Payment', payment(100, pays(invoice, 100)))
  const { SyncToken } = await client.read('Invoice', invoice.Id)
  await client.write('Invoice', { Id: invoice.Id, SyncToken, sparse: true, Line: [sale(80)] })
  expect(await balance()).toBe(0)
  expect(await client.read('Payment', paid.Id)).toMatchObject({ UnappliedAmt: 20 })
})

test('a deposit takes payments out of Undeposited Funds once, and its total is the signed sum of its lines', async () => {
  const before = Number(await undeposited())
  const paid = await client.write('Payment', payment(100, pays(invoice, 100)))
  expect(await undeposited()).toBe(before + 100)
  const made = await client.write('Deposit', deposit(takes(paid, 100), fee(-3.2)))
  expect(made).toMatchObject({ TotalAmt: 96.8 })
  expect(await undeposited()).toBe(before)
  expect(await client.read('Payment', paid.Id)).toMatchObject({ LinkedTxn: [{ TxnId: made.Id, TxnType: 'Deposit' }] })
  expect(faultCode(await client.post('deposit', deposit(takes(paid, 100))))).toBe('6000')
})

test('a deposited payment can be neither voided, deleted nor changed; its note can', async () => {
  const made = await client.write('Payment', payment(100, pays(invoice, 100)))
  await client.write('Deposit', deposit(takes(made, 100)))
  const paid = await client.read('Payment', made.Id)
  const same = { Id: paid.Id, SyncToken: paid.SyncToken, sparse: true }
  const voiding = { operation: 'update', include: 'void' }
  expect(faultCode(await client.post('payment', same, voiding))).toBe('6540')
  expect(faultCode(await client.post('payment', same, { operation: 'delete' }))).toBe('6540')
  expect(faultCode(await client.post('payment', { ...same, TotalAmt: 200 }))).toBe('6540')
  expect(await client.write('Payment', { ...same, PrivateNote: 'checked' })).toMatchObject({
    TotalAmt: 100,
    PrivateNote: 'checked',
  })
})

test('deposit lines must have the right shape', () =>
  untraced(async () => {
    const paid = await client.write('Payment', payment(100, pays(invoice, 100)))
    const refusals = [
      { ...takes(paid, 100), DetailType: 'DepositLineDetail', DepositLineDetail: {} },
      { Amount: -1, DetailType: 'DepositLineDetail', DepositLineDetail: {} },
      { Amount: 100, LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Payment' }] },
    ]
    for (const line of refusals) expect(faultCode(await client.post('deposit', deposit(line)))).toBe('2020')
    expect(faultCode(await client.post('deposit', deposit(takes(paid, 99))))).toBe('6000')
    expect(faultCode(await client.post('deposit', deposit(takes({ ...paid, Id: '999999' }, 100))))).toBe('2500')
    expect(faultCode(await client.post('deposit', deposit(takes(paid, 100), fee(-100.01))))).toBe('6000')
    const wrongAccount = { ...deposit(takes(paid, 100)), DepositToAccountRef: { value: '7' } }
    expect(faultCode(await client.post('deposit', wrongAccount))).toBe('6430')
  }))

test('returns, refunds and surcharges go into the deposit with their sign', async () => {
  const paid = await client.write('Payment', payment(100, pays(invoice, 100)))
  const surcharge = await client.write('SalesReceipt', {
    CustomerRef: invoice.CustomerRef,
    Line: [{ ...sale(2.71), SalesItemLineDetail: { ItemRef: { value: '5' } } }],
  })
  const refund = await client.write('RefundReceipt', {
    CustomerRef: invoice.CustomerRef,
    DepositToAccountRef: { value: '4' },
    Line: [sale(10)],
  })
  const entity = { Type: 'Customer', EntityRef: invoice.CustomerRef }
  const returned = await client.write('JournalEntry', {
    TxnDate: '2026-11-20',
    Line: [
      {
        Amount: 50,
        DetailType: 'JournalEntryLineDetail',
        JournalEntryLineDetail: { PostingType: 'Debit', AccountRef: { value: '84' }, Entity: entity },
      },
      {
        Amount: 50,
        DetailType: 'JournalEntryLineDetail',
        JournalEntryLineDetail: { PostingType: 'Credit', AccountRef: { value: '4' } },
      },
    ],
  })
  const lines = [
    takes(paid, 100),
    takes(surcharge, 2.71, 'SalesReceipt'),
    takes(refund, -10, 'RefundReceipt'),
    takes(returned, -50, 'JournalEntry', '1'),
  ]
  expect(await client.write('Deposit', deposit(...lines, fee(-3)))).toMatchObject({ TotalAmt: 39.71 })
  expect(await client.write('Payment', payment(50, pays(returned, 50, 'JournalEntry')))).toMatchObject({
    UnappliedAmt: 0,
  })
})

test('journal entries must balance, and receivables need a customer', async () => {
  const line = (PostingType: string, Amount: number, value: string) => ({
    Amount,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value } },
  })
  const entry = (...Line: object[]) => ({ TxnDate: '2026-11-20', Line })
  expect(faultCode(await client.post('journalentry', entry(line('Debit', 10, '7'), line('Credit', 9.99, '4'))))).toBe(
    '6000',
  )
  expect(faultCode(await client.post('journalentry', entry(line('Debit', 10, '84'), line('Credit', 10, '4'))))).toBe(
    '6000',
  )
  expect(await client.write('JournalEntry', entry(line('Debit', 10, '7'), line('Credit', 10, '4')))).toMatchObject({
    TotalAmt: 10,
  })
})

test('money moves between bank accounts, and is spent from them', async () => {
  const savings = async () => Number((await client.read('Account', '36')).CurrentBalance)
  const before = await savings()
  await client.write('Transfer', {
    FromAccountRef: { value: '35' },
    ToAccountRef: { value: '36' },
    Amount: 12.5,
    TxnDate: '2026-11-20',
  })
  expect(await savings()).toBe(before + 12.5)
  await client.write('Purchase', {
    PaymentType: 'Cash',
    AccountRef: { value: '36' },
    TxnDate: '2026-11-20',
    Line: [
      {
        Amount: 2.5,
        DetailType: 'AccountBasedExpenseLineDetail',
        AccountBasedExpenseLineDetail: { AccountRef: { value: '7' } },
      },
    ],
  })
  expect(await savings()).toBe(before + 10)
})

test('the books stay balanced after all of this', async () => {
  const assets = await client.rows('Account', "where Classification = 'Asset'")
  const open = [
    ...(await client.rows('Invoice', 'maxresults 1000')),
    ...(await client.rows('Customer', 'maxresults 1000')),
  ]
  expect(open.every(({ Balance }) => typeof Balance === 'number')).toBe(true)
  const customers = await client.rows('Customer', 'maxresults 1000')
  const owed = customers.reduce((total, { Balance }) => total + Math.round(Number(Balance) * 100), 0)
  const receivable = assets.find(({ Id }) => Id === '84')
  expect(Math.round(Number(receivable?.CurrentBalance) * 100)).toBe(owed)
})
