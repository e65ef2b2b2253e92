import { afterAll, beforeEach, expect, test } from 'vitest'
import { repostPosting } from '@/lib/accounting/repost-posting'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { type StageInvoice, startBooksStage } from '../../e2e/support/books-stage.ts'
import { getPayout } from './get-payout'
import { latestTieOut, listPayouts, listPostings, listWriteBacks } from './queries'

const stage = await startBooksStage('tie-out')
const { quickbooks } = stage
await stage.connect()
await stage.connectPsa()
afterAll(() => stage.stop())
beforeEach(() => quickbooks.heal())

async function paid(): Promise<StageInvoice & { postingId: string; booksPaymentId: string }> {
  const invoice = await stage.nextInvoice()
  await stage.pay([invoice])
  await stage.drain()
  await stage.settle()
  await stage.writeAllBack()
  const posting = (await stage.postings()).findLast(({ kind, state }) => kind === 'payment' && state === 'posted')
  return { ...invoice, postingId: posting?.id ?? '', booksPaymentId: posting?.externalId ?? '' }
}

/** The one difference there is, as a person reads it. */
async function theDifference() {
  const { differences, gaps } = await stage.tieOut()
  const [one, ...more] = differences
  expect([more, gaps.length]).toEqual([[], 1])
  if (one === undefined) throw new Error('everything ties out')
  const exception = (await stage.exceptions()).find(
    ({ cause, subjectId }) => cause === 'tie-out-gap' && subjectId === one.subject.id,
  )
  expect(exception?.detail).toBe(one.words)
  return {
    label: one.subject.label,
    journal: one.journal.minor,
    elsewhere: one.elsewhere.minor,
    cause: one.cause,
    words: one.words,
    gap: gaps[0]?.minor,
  }
}

async function tiesOut(): Promise<void> {
  const { differences, gaps } = await stage.tieOut()
  expect({ differences, gaps }).toEqual({ differences: [], gaps: [{ minor: 0n, currency: 'USD' }] })
  expect((await stage.exceptions()).filter(({ cause }) => cause === 'tie-out-gap')).toEqual([])
}

test('a payment deleted in QuickBooks is named with its invoice, both figures and what happened; posting it again mends it, once', async () => {
  const invoice = await paid()
  await tiesOut()
  await quickbooks.remove('Payment', invoice.booksPaymentId)
  expect(await theDifference()).toMatchObject({
    label: invoice.number,
    journal: 0n,
    elsewhere: invoice.totalMinor,
    cause: 'document-deleted',
    words: expect.stringContaining('was deleted or voided in QuickBooks'),
    gap: invoice.totalMinor,
  })
  for (const _ of ['once', 'twice']) {
    expect(await repostPosting(stage.staff, invoice.postingId)).toEqual({ ok: true })
    await stage.drain()
    expect(await stage.booksBalance(invoice)).toBe(0n)
  }
  await tiesOut()
})

test('a payment edited in QuickBooks', async () => {
  const invoice = await paid()
  const [cents, line] = [invoice.totalMinor - 4_215n, { TxnId: invoice.booksId, TxnType: 'Invoice' }]
  await quickbooks.edit('Payment', invoice.booksPaymentId, {
    TotalAmt: Number(cents) / 100,
    Line: [{ Amount: Number(cents) / 100, LinkedTxn: [line] }],
  })
  expect(await theDifference()).toMatchObject({
    label: invoice.number,
    elsewhere: 4_215n,
    cause: 'document-edited',
    gap: 4_215n,
  })
  await quickbooks.edit('Payment', invoice.booksPaymentId, {
    TotalAmt: Number(invoice.totalMinor) / 100,
    Line: [{ Amount: Number(invoice.totalMinor) / 100, LinkedTxn: [line] }],
  })
  await tiesOut()
})

test('an invoice paid by hand in QuickBooks, and one removed there', async () => {
  const [byHand, removed] = [await stage.nextInvoice(), await stage.nextInvoice()]
  await enter(byHand, 1_000n)
  expect(await theDifference()).toMatchObject({ label: byHand.number, cause: 'books-paid-by-hand', gap: 1_000n })
  await recordedOutside(byHand, 1_000n)
  await tiesOut()
  await quickbooks.remove('Invoice', removed.booksId)
  expect(await theDifference()).toMatchObject({
    label: removed.number,
    cause: 'books-invoice-missing',
    gap: removed.totalMinor,
  })
  await voidedInPsa(removed)
})

test('in the PSA: a write-back that waits is on its way; one that was taken out, or a changed invoice, is named', async () => {
  const invoice = await stage.nextInvoice()
  await stage.pay([invoice])
  await stage.drain()
  await stage.settle()
  const waiting = await stage.tieOut()
  expect(waiting.differences).toEqual([])
  expect(waiting.comparisons.find(({ what }) => what === 'psa')?.onItsWay.minor).toBe(invoice.totalMinor)
  await stage.writeAllBack()
  await tiesOut()
  await stage.showing(invoice, 500n)
  expect(await theDifference()).toMatchObject({
    label: invoice.number,
    journal: 0n,
    elsewhere: 500n,
    cause: 'psa-changed',
    gap: 500n,
  })
  await stage.showing(invoice, 0n)
  await tiesOut()
})

test('a system that cannot be reached is named as not asked; no exception is closed on the strength of it', async () => {
  const invoice = await paid()
  await quickbooks.remove('Payment', invoice.booksPaymentId)
  await theDifference()
  quickbooks.fail('error-before', '/v3', 1_000)
  const blind = await stage.tieOut()
  expect(blind.unasked.map(({ system }) => system)).toEqual(['QuickBooks'])
  expect(blind.comparisons.map(({ what }) => what)).toEqual(['psa', 'stripe', 'bank'])
  expect((await stage.exceptions()).filter(({ cause }) => cause === 'tie-out-gap')).toHaveLength(1)
  quickbooks.heal()
  await enter(invoice, invoice.totalMinor)
  await tiesOut()
})

test('a charge that did not come through us is named, and its payout is not posted by a guess', async () => {
  const strange = await stage.stripe.stripe.paymentIntents.create({
    amount: 12_345,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost',
  })
  expect(strange.status).toBe('succeeded')
  await stage.settle()
  expect(await theDifference()).toMatchObject({ label: 'Larkfield IT', cause: 'not-through-us' })
  await stage.windTo('2026-11-13')
  const refused = (await stage.exceptions()).find(({ cause }) => cause === 'books-refused')
  expect(refused?.detail).toMatch(/It contains \$123\.45 that did not come through Closeloop/)
  const { comparisons, differences } = await stage.tieOut()
  expect(new Set(differences.map(({ cause }) => cause))).toEqual(new Set(['not-through-us', 'posting-refused']))
  expect(comparisons.find(({ what }) => what === 'books_fees')?.gap.minor).not.toBe(0n)
})

test('nobody but this MSP’s staff sees any of it', async () => {
  const { items } = await listPayouts(stage.staff)
  const id = items[0]?.id ?? ''
  const stranger = { ...stage.staff, tenantId: '00000000-0000-7000-8000-000000000000' }
  await expect(getPayout(stranger, id)).rejects.toThrow('No such payout')
  await expect(getPayout(stage.staff, 'nonsense')).rejects.toThrow('No such payout')
  expect((await listPayouts(stranger)).items).toEqual([])
  expect(await latestTieOut(stranger)).toBeUndefined()
  const contact = { kind: 'contact', tenantId: stage.tenantId, contactId: '', clientId: '', role: 'owner' } as const
  for (const look of [listPayouts, listPostings, listWriteBacks, latestTieOut])
    await expect(look(contact)).rejects.toThrow('No such page')
  await expect(getPayout(contact, id)).rejects.toThrow('No such page')
})

/** A bookkeeper enters a payment in QuickBooks. */
async function enter(invoice: StageInvoice, minor: bigint): Promise<void> {
  const { realmId } = quickbooks.credentials
  const tokens = (await quickbooks.control('tokens', {})) as { accessToken: string }
  const [there] = (await quickbooks.records('Invoice')).filter(({ Id }) => Id === invoice.booksId)
  const response = await fetch(`${quickbooks.url}/v3/company/${realmId}/payment?minorversion=75&requestid=${newId()}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens.accessToken}`,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      CustomerRef: there?.CustomerRef,
      TotalAmt: Number(minor) / 100,
      Line: [{ Amount: Number(minor) / 100, LinkedTxn: [{ TxnId: invoice.booksId, TxnType: 'Invoice' }] }],
    }),
  })
  expect(response.status).toBe(200)
}

/** The same payment, recorded in the PSA and read from there. */
async function recordedOutside(invoice: StageInvoice, minor: bigint): Promise<void> {
  const movement = {
    debit: 'bank',
    credit: 'receivable',
    amount: money(minor, 'USD'),
    clientId: invoice.clientId,
    invoiceId: invoice.id,
  } as const
  await withTenant(stage.tenantId, (tx) =>
    record(tx, [
      {
        cause: { kind: 'recorded.paid', id: newId() },
        happenedAt: new Date(),
        bookedOn: '2026-11-09',
        movements: [movement],
      },
    ]),
  )
  await stage.showing(invoice, invoice.totalMinor - minor)
}

async function voidedInPsa(invoice: StageInvoice): Promise<void> {
  const movement = {
    debit: 'billed',
    credit: 'receivable',
    amount: money(invoice.totalMinor, 'USD'),
    clientId: invoice.clientId,
    invoiceId: invoice.id,
  } as const
  await withTenant(stage.tenantId, async (tx) => {
    await record(tx, [
      {
        cause: { kind: 'invoice.voided', id: invoice.id },
        happenedAt: new Date(),
        bookedOn: '2026-11-09',
        movements: [movement],
      },
    ])
    await tx.run(sql`
      update invoices set state = 'void', voided_at = now(), psa_balance_minor = 0 where tenant_id = ${tx.tenantId} and id = ${invoice.id}`)
  })
}
