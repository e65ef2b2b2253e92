import { afterAll, beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loadConnection } from '@/lib/connectors/connection'
import { refundPayment } from '@/lib/payments/refund-payment'
import { referenceOf } from '@/lib/settlement/posting'
import { type StageInvoice, startBooksStage } from '../../e2e/support/books-stage.ts'
import { pushPosting } from './push-posting'
import { repostPosting } from './repost-posting'

const stage = await startBooksStage('posting')
const { quickbooks } = stage
await stage.connect()
afterAll(() => stage.stop())
beforeEach(async () => {
  quickbooks.heal()
  onFaultPoint(undefined)
  await quickbooks.control('close-books', { date: null })
  await stage.drain()
})

/** What the crash harness does from outside: something happens at a named point. */
function onFaultPoint(handler: ((name: string) => void) | undefined): void {
  Object.assign(globalThis, { [Symbol.for('closeloop.fault-point')]: handler })
}

/** A payment whose posting is planned and not yet pushed. */
async function paidInvoice(): Promise<{ invoice: StageInvoice; postingId: string }> {
  const invoice = await stage.nextInvoice()
  await stage.pay([invoice])
  await stage.drain(['posting.due'])
  const posting = (await stage.postings()).findLast(({ kind }) => kind === 'payment')
  // From here on the test pushes it by hand.
  await stage.rows(sql`update events set state = 'done' where tenant_id = ${stage.tenantId}`)
  return { invoice, postingId: posting?.id ?? '' }
}

const push = (postingId: string) => pushPosting(stage.tenantId, postingId)
const posting = async (id: string) => (await stage.postings()).find((one) => one.id === id)
/** How many payments stand in QuickBooks under our reference: never more than one. */
const inBooks = async (postingId: string) =>
  (await quickbooks.records('Payment')).filter(({ PaymentRefNum }) => PaymentRefNum === referenceOf(postingId)).length
const exceptionOf = async (id: string) => (await stage.exceptions()).find(({ subjectId }) => subjectId === id)

test('fault 45: a posting that went through while its answer was lost is found, not repeated', async () => {
  for (const kind of ['reset-after', 'error-after', 'timeout-after', 'truncated', 'html'] as const) {
    const { invoice, postingId } = await paidInvoice()
    quickbooks.fail(kind, '^POST /v3.*/payment$')
    await push(postingId)
    expect([kind, (await posting(postingId))?.state]).toEqual([kind, 'checking'])
    quickbooks.heal()
    // Even when QuickBooks has forgotten the key by then.
    await quickbooks.control('forget-requests', {})
    await push(postingId)
    expect([kind, (await posting(postingId))?.state, await inBooks(postingId)]).toEqual([kind, 'posted', 1])
    expect(await stage.booksBalance(invoice)).toBe(0n)
  }
})

test('fault 45: a worker that dies after the call leaves one payment, whoever goes on', async () => {
  for (const point of ['posting.marked', 'posting.sent']) {
    const { postingId } = await paidInvoice()
    onFaultPoint((name) => {
      if (name === point) throw new Error('killed')
    })
    await expect(push(postingId)).rejects.toThrow('killed')
    onFaultPoint(undefined)
    expect((await posting(postingId))?.state).toBe('checking')
    await push(postingId)
    expect([point, (await posting(postingId))?.state, await inBooks(postingId)]).toEqual([point, 'posted', 1])
  }
})

test('two workers at the same posting make one payment', async () => {
  const { postingId } = await paidInvoice()
  await Promise.all([push(postingId), push(postingId), push(postingId)])
  expect([(await posting(postingId))?.state, await inBooks(postingId)]).toEqual(['posted', 1])
})

test('too many calls: nothing happened, and it is sent again later', async () => {
  const { postingId } = await paidInvoice()
  quickbooks.fail('rate-limit', '^POST /v3')
  await push(postingId)
  expect((await posting(postingId))?.state).toBe('retrying')
  expect(await inBooks(postingId)).toBe(0)
  quickbooks.heal()
  await push(postingId)
  expect((await posting(postingId))?.state).toBe('posted')
})

test('fault 46: a closed period parks the posting with its date, others go on, and it can be posted on another day', async () => {
  const { postingId } = await paidInvoice()
  await quickbooks.control('close-books', { date: '2026-11-15' })
  await push(postingId)
  expect(await posting(postingId)).toMatchObject({ state: 'refused', tries: 1 })
  expect(await exceptionOf(postingId)).toMatchObject({
    cause: 'books-refused',
    detail: 'QuickBooks: the period is closed through 2026-11-15.',
    nextStep: 'Post it on 2026-11-16, or open the period and post again.',
  })
  await push(postingId)
  expect((await posting(postingId))?.tries).toBe(1)

  expect(await repostPosting(stage.staff, postingId, { on: '2026-11-16' })).toEqual({ ok: true })
  await stage.drain()
  expect((await posting(postingId))?.state).toBe('posted')
  expect(await inBooks(postingId)).toBe(1)
  expect(await exceptionOf(postingId)).toBeUndefined()
})

test('fault 46: an account that was made inactive parks the posting; another one still goes through', async () => {
  const { postingId } = await paidInvoice()
  await quickbooks.edit('Account', '4', { Active: false })
  await push(postingId)
  expect((await posting(postingId))?.state).toBe('refused')
  expect((await exceptionOf(postingId))?.nextStep).toMatch(/deleted or made inactive/)
  await quickbooks.edit('Account', '4', { Active: true })
  const next = await paidInvoice()
  await push(next.postingId)
  expect((await posting(next.postingId))?.state).toBe('posted')
  await repostPosting(stage.staff, postingId)
  await stage.drain()
  expect((await posting(postingId))?.state).toBe('posted')
})

test('fault 46: an invoice that is missing, or says another total there, is never guessed at', async () => {
  const gone = await paidInvoice()
  await quickbooks.remove('Invoice', gone.invoice.booksId)
  await push(gone.postingId)
  expect((await exceptionOf(gone.postingId))?.detail).toBe(`QuickBooks has no invoice ${gone.invoice.number}.`)

  const edited = await paidInvoice()
  await quickbooks.edit('Invoice', edited.invoice.booksId, { DocNumber: `${edited.invoice.number}X` })
  await push(edited.postingId)
  expect((await posting(edited.postingId))?.state).toBe('refused')
  await quickbooks.edit('Invoice', edited.invoice.booksId, { DocNumber: edited.invoice.number })
  await repostPosting(stage.staff, edited.postingId)
  await stage.drain()
  expect((await posting(edited.postingId))?.state).toBe('posted')
})

test('a payment the books will not let go of an invoice is for a person; the return stands all the same', async () => {
  const invoice = await stage.nextInvoice()
  const attemptId = await stage.pay([invoice])
  await stage.drain()
  const payment = (await stage.postings()).findLast(({ kind }) => kind === 'payment')
  await refundPayment(stage.staff, { attemptId, amountMinor: 500n, reason: 'Test' })
  await stage.drain(['posting.due'])
  const refund = (await stage.postings()).findLast(({ kind }) => kind === 'refund')
  // The payment lies in a period that was closed meanwhile; the refund is of today.
  await quickbooks.edit('Payment', payment?.externalId ?? '', { TxnDate: '2026-10-30' })
  await quickbooks.control('close-books', { date: '2026-10-31' })
  await stage.drain()
  expect((await posting(refund?.id ?? ''))?.state).toBe('posted')
  expect((await exceptionOf(refund?.id ?? ''))?.nextStep).toContain(`take invoice ${invoice.number} off it`)
})

test('fault 47: two workers meet an expired token; the refresh token rotates once, and both go on', async () => {
  const [one, two] = [await paidInvoice(), await paidInvoice()]
  await quickbooks.control('expire-tokens', {})
  await Promise.all([push(one.postingId), push(two.postingId)])
  expect([(await posting(one.postingId))?.state, (await posting(two.postingId))?.state]).toEqual(['posted', 'posted'])
  const connection = await withTenant(stage.tenantId, (tx) => loadConnection(tx, 'accounting'))
  expect(connection?.state).toBe('connected')
})

test('fault 48: a revoked token pauses the connection; nothing storms, and connecting again posts what waited', async () => {
  const { postingId } = await paidInvoice()
  await quickbooks.control('revoke', {})
  await push(postingId)
  const connection = await withTenant(stage.tenantId, (tx) => loadConnection(tx, 'accounting'))
  expect(connection?.state).toBe('needs_reconnect')
  expect(await exceptionOf(connection?.id ?? '')).toMatchObject({ cause: 'reconnect' })
  expect((await posting(postingId))?.state).toBe('waiting')
  // Paused: no call leaves while nobody has connected again.
  quickbooks.fail('error-before', '/v3', 1)
  await push(postingId)
  expect((await stage.tieOut()).unasked).toEqual([
    { system: 'QuickBooks', reason: 'QuickBooks waits to be connected again.' },
  ])
  quickbooks.heal()

  await stage.connect()
  await stage.drain()
  expect((await posting(postingId))?.state).toBe('posted')
  expect(await exceptionOf(connection?.id ?? '')).toBeUndefined()
})
