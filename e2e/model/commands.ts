import fc from 'fast-check'
import { newId } from '@/lib/base/ids'
import { money } from '@/lib/money/money'
import { refundPayment } from '@/lib/payments/refund-payment'
import type { PaymentResult } from '@/lib/payments/result'
import { startPayment } from '@/lib/payments/start-payment'
import { tokenFor } from '../support/msp.ts'
import { dayMs, type LoggedCharge, type Practice, type PsaInvoice, truthOf } from './practice.ts'
import type { ReferenceBooks } from './reference-books.ts'
import { compare, hearEverything, unpaidAmong } from './steps.ts'

export type Command = fc.AsyncCommand<ReferenceBooks, Practice>

/** How many have run, over all stories. */
export const ran = { commands: 0 }

const cents = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1_001, max: 2_000_000 }))
const pick = fc.nat({ max: 1_000 })
const cards = { good: '4242424242424242', declined: '4000000000009995', challenged: '4000002760003184' }
const cardsOfRefunds = { pending: '4000000000007726', failing: '4000000000005126' }
const banks = { good: '000123456789', failing: '000222222227', returned: '000555555559' }
const methods = fc.constantFrom(
  ...[{ card: cards.good }, { card: cards.good }, { card: cards.declined }, { card: cards.challenged }],
  ...[{ card: cardsOfRefunds.pending }, { card: cardsOfRefunds.failing }],
  ...[{ bank: banks.good }, { bank: banks.good }, { bank: banks.failing }, { bank: banks.returned }],
)
const lostAnswers = fc.option(
  fc.record({
    kind: fc.constantFrom('reset-before', 'reset-after', 'error-before', 'error-after', 'rate-limit', 'truncated'),
    times: fc.constantFrom(1, 2, 3),
  } as const),
  { freq: 2, nil: undefined },
)
const where = { ip: '127.0.0.1', userAgent: 'a story', locale: 'en-US', origin: 'link' } as const

/** A command: when it makes sense, what it does to both, and a comparison of both afterwards. */
function step<Args>(
  name: string,
  args: fc.Arbitrary<Args>,
  makesSense: (books: ReferenceBooks) => boolean,
  act: (books: ReferenceBooks, practice: Practice, args: Args) => Promise<void>,
): fc.Arbitrary<Command> {
  return args.map((given) => ({
    check: makesSense,
    run: async (books, practice) => {
      ran.commands += 1
      await act(books, practice, given)
      await compare(books, practice)
    },
    toString: () => `${name} ${JSON.stringify(given)}`,
  }))
}

const always = () => true
const hasInvoice = ({ invoices }: ReferenceBooks) => invoices.size > 0
const hasPaid = ({ payments }: ReferenceBooks) => [...payments.values()].some(({ isTaken }) => isTaken)
const hasOrder = ({ payments }: ReferenceBooks) => payments.size > 0

const bill = step(
  'bill',
  fc.record({ client: fc.constantFrom(0, 1), cents }),
  always,
  async (books, practice, args) => {
    const { id, pulled } = await practice.bill(args.client, BigInt(args.cents))
    books.bill(id, practice.clientIds[args.client] ?? '', pulled.total.minor)
  },
)

const edit = step(
  'edit',
  fc.record({ pick, cents }),
  hasInvoice,
  async (books, practice, { pick: at, cents: total }) => {
    const invoice = nth(practice.psa.values(), at)
    if (books.invoices.get(invoice.id)?.isVoid) return
    await practice.change(invoice, { total: money(BigInt(total), 'USD') })
    books.edit(invoice.id, BigInt(total))
  },
)

const voidOrRestore = step('void or restore', fc.record({ pick }), hasInvoice, async (books, practice, args) => {
  const invoice = nth(practice.psa.values(), args.pick)
  const isVoid = books.invoices.get(invoice.id)?.isVoid === true
  await (isVoid ? practice.restore(invoice) : practice.delete(invoice))
  books.void(invoice.id, !isVoid)
})

const recordOutside = step('record outside', fc.record({ pick, cents }), hasInvoice, async (books, practice, args) => {
  const invoice = nth(practice.psa.values(), args.pick)
  if (books.invoices.get(invoice.id)?.isVoid) return
  const externalId = `row-${newId()}`
  const amount = money(BigInt(args.cents), 'USD')
  const payments = [...invoice.pulled.payments, { externalId, amount, paidOn: '2026-11-09' }]
  await practice.change(invoice, { payments })
  books.record(invoice.id, externalId, amount.minor)
})

const unrecord = step('take back outside', fc.record({ pick }), hasInvoice, async (books, practice, args) => {
  const having = [...practice.psa.values()].filter(({ pulled }) => pulled.payments.length > 0)
  const invoice = having[args.pick % having.length]
  if (invoice === undefined || books.invoices.get(invoice.id)?.isVoid) return
  const [gone, ...payments] = invoice.pulled.payments
  await practice.change(invoice, { payments })
  books.record(invoice.id, gone?.externalId ?? '', 0n)
})

const stalePage = step('a stale page', fc.record({ pick, which: pick }), hasInvoice, async (_, practice, args) => {
  await practice.saveStale(nth(practice.psa.values(), args.pick), args.which)
})

const order = fc.record({
  ...{ pick, many: fc.constantFrom(1, 1, 1, 2, 5), share: fc.constantFrom(100, 100, 100, 37, 1), method: methods },
  kept: fc.constantFrom(0n, 0n, 0n, 500n),
  ...{ press: fc.constantFrom('once', 'once', 'once', 'twice', 'two tabs'), fault: lostAnswers },
})
const pay = step('pay', order, hasInvoice, async (books, practice, args) => {
  const first = nth(practice.psa.values(), args.pick)
  const wanted = unpaidAmong(books, practice, first, args.many)
  const shares = wanted.map(({ id }): [string, bigint] => {
    const balance = books.balanceOf(id)
    return [id, (balance * BigInt(args.share)) / 100n || balance]
  })
  const { tenantId } = practice
  const press = async (orderKey: string): Promise<PaymentResult> => {
    const confirmationTokenId = await tokenFor({ ...practice.stripe, account: practice.account }, args.method)
    const invoices = shares.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor }))
    return startPayment(
      { kind: 'system', tenantId, reason: 'a story' },
      { orderKey, invoices, confirmationTokenId, keptMinor: args.kept },
      where,
    )
  }
  const [key, other] = [newId(), newId()]
  const clientId = books.invoices.get(first.id)?.clientId ?? ''
  for (const id of [key, other]) books.order(id, clientId, shares, args.kept)
  if (args.fault !== undefined) practice.fail(args.fault.kind, 'POST /v1/payment_intents$', args.fault.times)
  const results = await Promise.all(
    args.press === 'once' ? [press(key)] : [press(key), press(args.press === 'twice' ? key : other)],
  )
  practice.heal()
  const charges = await practice.charges()
  for (const result of results) hearResult(books, charges, result)
})

/** Credit goes first, the rest by card; where it covers everything, nothing is charged. */
const payWithCredit = step('use credit', fc.record({ pick }), hasInvoice, async (books, practice, args) => {
  const { id } = nth(practice.psa.values(), args.pick)
  const clientId = books.invoices.get(id)?.clientId ?? ''
  const balance = books.balanceOf(id)
  const credit = books.creditOf(clientId) < balance ? books.creditOf(clientId) : balance
  if (credit <= 0n) return
  const { tenantId } = practice
  const orderKey = newId()
  const token = await tokenFor({ ...practice.stripe, account: practice.account }, { card: cards.good })
  const isWhole = credit === balance
  if (!isWhole) books.order(orderKey, clientId, [[id, balance - credit]])
  const result = await startPayment(
    { kind: 'system', tenantId, reason: 'a story' },
    {
      ...{ orderKey, invoices: [{ invoiceId: id }], creditMinor: credit },
      ...(isWhole ? {} : { confirmationTokenId: token }),
    },
    where,
  )
  // Another payment of the invoice may be under way, or hold the credit.
  if (!result.ok) return
  if (result.state !== (isWhole ? 'covered' : 'succeeded')) throw new Error(`paid with credit, yet ${result.state}`)
  if (!isWhole) hearResult(books, await practice.charges(), result)
  books.creditPays(id, credit)
})

/** What a payer is told must be so: "succeeded" was charged, a refusal was not. */
function hearResult(books: ReferenceBooks, charges: LoggedCharge[], result: PaymentResult): void {
  const charge = charges.find(({ metadata, status }) => metadata.attempt_id === result.attemptId && status !== 'failed')
  if (!result.ok && charge !== undefined) throw new Error(`refused as ${result.because}, yet charged: ${charge.id}`)
  if (!result.ok || result.state !== 'succeeded') return
  if (charge?.status !== 'succeeded') throw new Error(`told that it succeeded, yet ${charge?.status ?? 'not charged'}`)
  books.hearCharge(truthOf(charge))
}

const refundOrder = fc.record({
  pick,
  share: fc.constantFrom(100, 100, 50, 7),
  door: fc.constantFrom('staff', 'staff', 'Stripe'),
  fault: lostAnswers,
})
const refund = step('refund', refundOrder, hasPaid, async (books, practice, args) => {
  const taken = (await practice.charges()).filter(({ status }) => status === 'succeeded')
  const charge = taken[args.pick % taken.length]
  if (charge === undefined) return
  const amount = Math.max(1, Math.floor((charge.amount * args.share) / 100))
  if (args.door === 'Stripe') {
    const params = { payment_intent: charge.paymentIntent, amount }
    await practice.stripe.platform.refunds.create(params, { stripeAccount: practice.account }).catch(() => {}) // refused: fine
    return
  }
  if (args.fault !== undefined) practice.fail(args.fault.kind, 'POST /v1/refunds$', args.fault.times)
  const { tenantId, staffId } = practice
  const result = await refundPayment(
    { kind: 'staff', tenantId, staffId, role: 'owner' },
    { attemptId: charge.metadata.attempt_id ?? '', amountMinor: BigInt(amount), reason: 'a story' },
  )
  practice.heal()
  if (!result.ok || result.state === 'unknown') return
  const after = (await practice.charges()).find(({ id }) => id === charge.id)
  const made = after?.refunds.find(({ id }) => !charge.refunds.some((before) => before.id === id))
  if (after === undefined || made === undefined) throw new Error('told that it was refunded, yet it was not')
  books.hearRefunds({ ...truthOf(after), refunds: truthOf(after).refunds.filter(({ id }) => id === made.id) })
})

const disputed = fc.record({
  pick,
  inquiry: fc.boolean(),
  reason: fc.constantFrom('fraudulent', 'product_not_received'),
})
const dispute = step('dispute', disputed, hasPaid, async (_, practice, { pick: at, ...body }) => {
  const cardsTaken = (await practice.charges()).filter(
    ({ status, type, amount, refunds }) =>
      status === 'succeeded' && type === 'card' && refunds.reduce((left, one) => left - one.amount, amount) > 0,
  )
  const charge = cardsTaken[at % cardsTaken.length]
  if (charge !== undefined) await practice.stripe.control('POST', `dispute/${charge.id}`, body)
})

const evidence = step(
  'answer a dispute',
  fc.record({ pick, wins: fc.boolean() }),
  hasPaid,
  async (_, practice, args) => {
    const open = (await practice.charges())
      .flatMap(({ disputes }) => disputes)
      .filter(({ status }) => status === 'needs_response')
    const one = open[args.pick % open.length]
    if (one === undefined) return
    const uncategorized_text = args.wins ? 'winning_evidence' : 'losing_evidence'
    const params = { evidence: { uncategorized_text }, submit: true }
    await practice.stripe.platform.disputes.update(one.id, params, { stripeAccount: practice.account })
  },
)

const bankReturn = step('the bank sends back', fc.record({ pick }), hasOrder, async (_, practice, args) => {
  const debits = (await practice.charges()).filter(
    ({ type, status }) => type === 'us_bank_account' && status !== 'failed',
  )
  const charge = debits[args.pick % debits.length]
  if (charge !== undefined) await practice.stripe.control('POST', `return/${charge.id}`, { code: 'R01' })
})

const challenge = step(
  'the payer answers',
  fc.record({ pick, yes: fc.boolean() }),
  hasOrder,
  async (_, practice, args) => {
    const list = await practice.stripe.platform.paymentIntents.list({ limit: 100 }, { stripeAccount: practice.account })
    const waiting = list.data.filter(
      ({ status, metadata }) => status === 'requires_action' && practice.isOurs(metadata),
    )
    const intent = waiting[args.pick % waiting.length]
    if (intent !== undefined) await practice.stripe.control('POST', `3ds/${intent.id}/${args.yes ? 'approve' : 'fail'}`)
  },
)

const news = fc.record({
  ...{ pick, times: fc.constantFrom(1, 2) },
  about: fc.constantFrom('payment_intent', 'charge', 'refund', 'dispute'),
})
const webhook = step('a webhook', news, hasOrder, async (books, practice, { pick: at, about, times }) => {
  const heard = (await practice.charges()).flatMap((charge) => idsOf(charge, about).map((id) => ({ charge, id })))
  const one = heard[at % heard.length]
  if (one === undefined) return
  await Promise.all(Array.from({ length: times }, () => practice.hear(about, one.id)))
  // News is about one object: what else happened to the payment is not told with it.
  const { refunds, disputes, ...truth } = truthOf(one.charge)
  const isIt = ({ id }: { id: string }) => id === one.id
  books.hearCharge({ ...truth, refunds, disputes })
  books.hearRefunds({ ...truth, refunds: refunds.filter(isIt), disputes })
  books.hearDisputes({ ...truth, refunds, disputes: disputes.filter(isIt) })
})

function idsOf(charge: LoggedCharge, about: 'payment_intent' | 'charge' | 'refund' | 'dispute'): string[] {
  switch (about) {
    case 'payment_intent':
      return [charge.paymentIntent]
    case 'charge':
      return [charge.id]
    case 'refund':
      return charge.refunds.map(({ id }) => id)
    case 'dispute':
      return charge.disputes.map(({ id }) => id)
  }
}

const minutes = step(
  'minutes pass',
  fc.record({ minutes: fc.constantFrom(1, 3, 20, 90) }),
  always,
  async (_, practice, args) => {
    await practice.wind(args.minutes * 60_000)
    await practice.round()
    await hearEverything(practice)
  },
)

const days = step(
  'days pass',
  fc.record({ days: fc.integer({ min: 1, max: 10 }) }),
  always,
  async (_, practice, args) => {
    await practice.wind(args.days * dayMs)
    await practice.round()
    await hearEverything(practice)
  },
)

const book = step('read Stripe’s book', fc.constant(undefined), hasOrder, async (_, practice) => practice.settle())

function nth(invoices: Iterable<PsaInvoice>, at: number): PsaInvoice {
  const all = [...invoices]
  const found = all[at % all.length]
  if (found === undefined) throw new Error('no invoice')
  return found
}

/** Everything that can happen, the ordinary more often. */
export const commands = [
  ...[bill, bill, edit, voidOrRestore, recordOutside, unrecord, stalePage],
  ...[pay, pay, pay, payWithCredit, refund, refund, dispute, evidence, bankReturn, challenge],
  ...[webhook, webhook, minutes, days, days, book],
]
