import { afterAll, expect, test } from 'vitest'
import { sql } from '@/lib/base/sql'
import { startBooksStage } from '../../e2e/support/books-stage.ts'
import { clientsAbroad } from '../../e2e/support/clients-abroad.ts'
import { chooseAccounts, readAccountChoice } from './choose-accounts'
import { repostPosting } from './repost-posting'

const stage = await startBooksStage('abroad')
const { quickbooks, tenantId } = stage
const { bring, openAccount, owing } = clientsAbroad(stage)
await stage.connect()
afterAll(() => stage.stop())

const minor = (amount: unknown) => BigInt(Math.round(Number(amount) * 100))

const lastPayment = async () => (await stage.postings()).findLast(({ kind }) => kind === 'payment')
const exceptionOf = async (id = '') => (await stage.exceptions()).find(({ subjectId }) => subjectId === id)

test('books that keep one currency get nothing in another, and say so; once they keep it, it is posted', async () => {
  const before = (await quickbooks.records('Payment')).length
  const banksIn = async () => (await readAccountChoice(stage.staff)).banksIn
  expect(await banksIn()).toEqual([])
  const first = await owing(128_450n, 'none')
  expect(await banksIn()).toEqual([])
  await stage.pay([first])
  await stage.drain()
  const posting = await lastPayment()
  expect(posting?.state).toBe('refused')
  expect(await exceptionOf(posting?.id)).toMatchObject({
    cause: 'books-refused',
    detail: 'QuickBooks keeps USD only, and this is in CAD.',
    nextStep: expect.stringContaining('Switch multicurrency on in QuickBooks and add a bank account in CAD'),
  })
  expect(await quickbooks.records('Payment')).toHaveLength(before)

  await quickbooks.control('settings', { multicurrency: true })
  await quickbooks.edit('Account', '37', { Active: false })
  expect(await banksIn()).toEqual([{ currency: 'CAD', accounts: [] }])
  await repostPosting(stage.staff, posting?.id ?? '')
  await stage.drain()
  expect(await exceptionOf(posting?.id)).toMatchObject({
    detail: 'QuickBooks has no bank account in CAD that a payout could arrive at.',
    nextStep: 'Add a bank account in CAD in QuickBooks, then post again.',
  })
  expect(await quickbooks.records('Payment')).toHaveLength(before)

  // The bridge of the PSA brings the invoice; the account is there again.
  await quickbooks.edit('Account', '37', { Active: true })
  await bring(first.number, 'Ateliers Beaupré 1', 128_450n, 'CAD')
  await repostPosting(stage.staff, posting?.id ?? '')
  await stage.drain()
  expect((await lastPayment())?.state).toBe('posted')
  expect(await exceptionOf(posting?.id)).toBeUndefined()
})

test('a payment in Canadian dollars stands as such, at the rate of its invoice; its payout is one deposit to the cent, apart from the other currency', async () => {
  const [abroad, other] = [await owing(390_455n), await owing(64_010n)]
  const home = await stage.nextInvoice()
  for (const invoice of [abroad, other, home]) await stage.pay([invoice])
  await stage.drain()
  const [paid] = (await quickbooks.records('Payment')).filter(({ TotalAmt }) => minor(TotalAmt) === 390_455n)
  expect(paid).toMatchObject({ CurrencyRef: { value: 'CAD' }, ARAccountRef: { value: '88' } })
  expect(paid?.ExchangeRate).toBe(0.72) // that of the invoice, so that paying it makes neither gain nor loss
  expect([await stage.booksBalance(abroad), await stage.booksBalance(other), await stage.booksBalance(home)]).toEqual([
    0n,
    0n,
    0n,
  ])

  const deposits = new Set((await quickbooks.records('Deposit')).map(({ Id }) => Id))
  for (const day of ['2026-11-13', '2026-11-17', '2026-11-20']) await stage.windTo(day)
  const payouts = await stage.rows<{ currency: string; amountMinor: bigint }>(sql`
    select currency, amount_minor from payouts where tenant_id = ${tenantId} and state = 'paid' order by currency, amount_minor`)
  expect(new Set(payouts.map(({ currency }) => currency))).toEqual(new Set(['CAD', 'USD']))
  const made = (await quickbooks.records('Deposit')).filter(({ Id }) => !deposits.has(Id))
  const standing = made.map((one) => ({
    currency: (one.CurrencyRef as { value: string }).value,
    account: (one.DepositToAccountRef as { value: string }).value,
    amountMinor: minor(one.TotalAmt),
  }))
  const wanted = payouts.map((one) => ({ ...one, account: one.currency === 'CAD' ? '37' : '35' }))
  const inOrder = (a: (typeof wanted)[number], b: (typeof wanted)[number]) =>
    a.currency.localeCompare(b.currency) || Number(a.amountMinor - b.amountMinor)
  expect(standing.toSorted(inOrder)).toEqual(wanted.toSorted(inOrder))
  expect((await stage.postings()).every(({ state }) => state === 'posted')).toBe(true)
  // The bank account in Canadian dollars holds what arrived, in them.
  const bank = (await quickbooks.records('Account')).find(({ Id }) => Id === '37')
  const arrived = wanted.reduce((sum, one) => (one.currency === 'CAD' ? sum + one.amountMinor : sum), 0n)
  expect(minor(bank?.CurrentBalance)).toBe(arrived)
})

test('payouts in Canadian dollars arrive at the account that is chosen for them; without a choice, at the one that is found', async () => {
  const { mapping, banksIn } = await readAccountChoice(stage.staff)
  expect(banksIn).toMatchObject([{ currency: 'CAD', suggested: '37', accounts: [{ externalId: '37' }] }])
  expect(banksIn[0]?.chosen).toBeUndefined()
  const reserve = await openAccount('Reserve CAD', 'CAD')
  await expect(chooseAccounts(stage.staff, mapping, { CAD: reserve })).rejects.toThrow('there is no such account')
  const read = await readAccountChoice(stage.staff)
  expect(new Set(read.banksIn[0]?.accounts.map(({ externalId }) => externalId))).toEqual(new Set(['37', reserve]))
  await expect(chooseAccounts(stage.staff, mapping, { CAD: '35' })).rejects.toThrow('there is no such account')
  await chooseAccounts(stage.staff, mapping, { CAD: reserve })
  await chooseAccounts(stage.staff, mapping)
  expect((await readAccountChoice(stage.staff)).banksIn[0]?.chosen).toBe(reserve)

  const made = new Set((await quickbooks.records('Deposit')).map(({ Id }) => Id))
  await stage.pay([await owing(50_005n)])
  await stage.pay([await stage.nextInvoice()])
  await stage.drain()
  for (const day of ['2026-11-24', '2026-11-25', '2026-11-27', '2026-12-01']) await stage.windTo(day)
  const deposits = (await quickbooks.records('Deposit')).filter(({ Id }) => !made.has(Id))
  const places = deposits.map((one) => [
    (one.CurrencyRef as { value: string }).value,
    (one.DepositToAccountRef as { value: string }).value,
  ])
  expect(Object.fromEntries(places)).toEqual({ CAD: reserve, USD: '35' })

  await quickbooks.edit('Account', reserve, { Active: false })
  await stage.pay([await owing(60_006n)])
  await stage.drain()
  expect(await exceptionOf((await lastPayment())?.id)).toMatchObject({
    detail: 'The bank account chosen for payouts in CAD is no more in QuickBooks.',
    nextStep: 'Choose another under Connections, then post again.',
  })
})
