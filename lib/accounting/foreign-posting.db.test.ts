import { afterAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { type StageInvoice, startBooksStage } from '../../e2e/support/books-stage.ts'
import { repostPosting } from './repost-posting'

const stage = await startBooksStage('abroad')
const { quickbooks, tenantId } = stage
await stage.connect()
afterAll(() => stage.stop())

type Row = Record<string, unknown>
const minor = (amount: unknown) => BigInt(Math.round(Number(amount) * 100))

/** A record as a bookkeeper would write it there. */
async function write(entity: string, sent: object): Promise<Row> {
  const { realmId, accessToken } = quickbooks.credentials
  const place = `${quickbooks.url}/v3/company/${realmId}/${entity.toLowerCase()}`
  const answer = await fetch(`${place}?minorversion=75&requestid=${newId()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  const body = (await answer.json()) as Record<string, Row>
  if (!answer.ok) throw new Error(JSON.stringify(body))
  return body[entity] ?? {}
}

let count = 0

/** A client in Quebec, and an invoice to it that is mirrored here; in the books too where they keep its currency. */
async function owing(totalMinor: bigint, isInBooks = true): Promise<StageInvoice> {
  count += 1
  const [id, clientId, number, name] = [newId(), newId(), `CA-${count}`, `Ateliers Beaupré ${count}`]
  let booksId = ''
  if (isInBooks) {
    const CurrencyRef = { value: 'CAD' }
    const customer = await write('Customer', { DisplayName: name, CurrencyRef })
    const Amount = Number(totalMinor) / 100
    const SalesItemLineDetail = { ItemRef: { value: '1' }, Qty: 1, UnitPrice: Amount }
    const invoice = await write('Invoice', {
      ...{
        CustomerRef: { value: customer.Id },
        CurrencyRef,
        ExchangeRate: 0.72,
        DocNumber: number,
        TxnDate: '2026-11-02',
      },
      Line: [{ Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail }],
    })
    booksId = String(invoice.Id)
  }
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into clients (tenant_id, id, name, identifier, currency, source_hash, source)
      values (${tenantId}, ${clientId}, ${name}, ${number}, 'CAD', '', ${json({})})`)
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${id}, ${clientId}, 'invoice', ${number}, 'open', 'Standard', 'Sent', '2026-11-02', '2026-12-02', 'CAD', 0, ${totalMinor}, ${totalMinor}, 1, '')`)
    const amount = money(totalMinor, 'CAD')
    await record(tx, [
      {
        ...{ cause: { kind: 'invoice.mirrored', id }, happenedAt: new Date(), bookedOn: '2026-11-02' },
        movements: [{ debit: 'receivable', credit: 'billed', amount, clientId, invoiceId: id }],
      },
    ])
  })
  return { id, clientId, number, totalMinor, booksId }
}

const lastPayment = async () => (await stage.postings()).findLast(({ kind }) => kind === 'payment')
const exceptionOf = async (id = '') => (await stage.exceptions()).find(({ subjectId }) => subjectId === id)

test('books that keep one currency get nothing in another, and say so; once they keep it, it is posted', async () => {
  const before = (await quickbooks.records('Payment')).length
  const first = await owing(128_450n, false)
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
  await repostPosting(stage.staff, posting?.id ?? '')
  await stage.drain()
  expect(await exceptionOf(posting?.id)).toMatchObject({
    detail: 'QuickBooks has no bank account in CAD that a payout could arrive at.',
    nextStep: 'Add a bank account in CAD in QuickBooks, then post again.',
  })
  expect(await quickbooks.records('Payment')).toHaveLength(before)

  // The bridge of the PSA brings the invoice; the account is there again.
  await quickbooks.edit('Account', '37', { Active: true })
  const CurrencyRef = { value: 'CAD' }
  const customer = await write('Customer', { DisplayName: 'Ateliers Beaupré 1', CurrencyRef })
  await write('Invoice', {
    ...{ CustomerRef: { value: customer.Id }, CurrencyRef, DocNumber: first.number, TxnDate: '2026-11-02' },
    Line: [
      {
        ...{ Amount: 1284.5, DetailType: 'SalesItemLineDetail' },
        SalesItemLineDetail: { ItemRef: { value: '1' }, Qty: 1, UnitPrice: 1284.5 },
      },
    ],
  })
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

test('the tie-out compares the MSP’s own currency, and adds nothing of another to it', async () => {
  const { differences, comparisons, currency } = await stage.tieOut()
  expect(currency).toBe('USD')
  expect(comparisons.length).toBeGreaterThan(0)
  for (const { journal, elsewhere, gap } of comparisons)
    expect([journal.currency, elsewhere.currency, gap.currency]).toEqual(['USD', 'USD', 'USD'])
  expect(differences).toEqual([])
})
