import fc from 'fast-check'
import { addDays } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { refundPayment } from '@/lib/payments/refund-payment'
import { sweepPostings } from '@/lib/settlement/plan-postings'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import { Random } from '../../sandbox/kernel/random.ts'
import type { StageInvoice, startBooksStage } from '../support/books-stage.ts'
import type { LoggedCharge } from './practice.ts'

type Stage = Awaited<ReturnType<typeof startBooksStage>>

const pick = fc.nat({ max: 1_000 })
const methods = fc.constantFrom(
  ...[{ card: '4242424242424242' }, { card: '4242424242424242' }, { card: '4000000000009995' }],
  ...[{ card: '4000000000007726' }, { card: '4000000000005126' }], // their refunds are slow, or come back
  ...[{ bank: '000123456789' }, { bank: '000222222227' }, { bank: '000555555559' }],
)
const faults = ['reset-before', 'reset-after', 'error-before', 'error-after', 'rate-limit', 'truncated'] as const
const inquiries = fc.constantFrom('fraudulent', 'product_not_received')

const pay = fc.record({
  do: fc.constant('pay' as const),
  pick,
  many: fc.constantFrom(1, 1, 2),
  share: shares(),
  method: methods,
})
const refund = fc.record({ do: fc.constant('refund' as const), pick, share: shares(), atStripe: fc.boolean() })
const bankReturn = fc.record({ do: fc.constant('return' as const), pick })
const dispute = fc.record({ do: fc.constant('dispute' as const), pick, reason: inquiries, inquiry: fc.boolean() })
const evidence = fc.record({ do: fc.constant('evidence' as const), pick, wins: fc.boolean() })
const days = fc.record({ do: fc.constant('days' as const), days: fc.integer({ min: 1, max: 6 }) })
const work = fc.record({ do: fc.constant('work' as const), most: fc.integer({ min: 1, max: 8 }) })
const trouble = fc.record({
  do: fc.constant('trouble' as const),
  kind: fc.constantFrom(...faults),
  times: fc.constantFrom(1, 2, 3),
})

/** Few invoices, so that much happens to the same one; what happens, in which order; and the order in which it is worked off. */
export const stories = fc.record({
  invoices: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
  steps: fc.array(fc.oneof(pay, pay, pay, refund, bankReturn, dispute, evidence, days, days, work, work, trouble), {
    minLength: 4,
    maxLength: 24,
    size: 'max',
  }),
})
export type Story = typeof stories extends fc.Arbitrary<infer One> ? One : never
type Step = Story['steps'][number]

function shares() {
  return fc.constantFrom(100, 100, 100, 60, 7)
}

/**
 * One MSP's bookkeeping, told story after story: payments, refunds, returns and disputes of a few invoices, with answers
 * of the books lost on the way and the work done in any order. At the end of each there is calm, and everything must
 * stand in the books as it stands here and at Stripe.
 */
export class Bookkeeping {
  private readonly stage: Stage
  private day = '2026-11-09'
  /** Steps told so far. */
  told = 0

  constructor(stage: Stage) {
    this.stage = stage
  }

  /** @throws Error naming everything that does not add up */
  async tell({ invoices: count, seed, steps }: Story): Promise<void> {
    const random = new Random(seed)
    const invoices: StageInvoice[] = []
    for (let at = 0; at < count; at += 1) invoices.push(await this.stage.nextInvoice())
    for (const step of steps) {
      await this.take(step, invoices, random)
      this.told += 1
    }
    this.stage.quickbooks.heal()
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await this.pass(5)
      await withTenant(this.stage.tenantId, sweepPostings)
      await this.stage.drainAtRandom(random)
    }
    const wrong = [...(await this.unposted()), ...(await this.otherBalances(invoices)), ...(await this.gaps())]
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  }

  private async take(step: Step, invoices: StageInvoice[], random: Random): Promise<void> {
    switch (step.do) {
      case 'pay':
        return this.pay(step, invoices)
      case 'refund':
        return this.refund(step, invoices)
      case 'return': {
        const debits = await this.charges(
          invoices,
          ({ type, status }) => type === 'us_bank_account' && status !== 'failed',
        )
        await this.atStripe(debits[step.pick % debits.length]?.id, (id) =>
          this.control(`return/${id}`, { code: 'R01' }),
        )
        return
      }
      case 'dispute': {
        const { pick: at, reason, inquiry } = step
        const cards = await this.charges(invoices, (one) => one.type === 'card' && leftOf(one) > 0)
        await this.atStripe(cards[at % cards.length]?.id, (id) => this.control(`dispute/${id}`, { reason, inquiry }))
        return
      }
      case 'evidence': {
        const open = (await this.charges(invoices, () => true))
          .flatMap(({ disputes }) => disputes)
          .filter(({ status }) => status === 'needs_response')
        const evidence = { uncategorized_text: step.wins ? 'winning_evidence' : 'losing_evidence' }
        const answer = { evidence, submit: true }
        await this.atStripe(open[step.pick % open.length]?.id, (id) =>
          this.stage.stripe.stripe.disputes.update(id, answer),
        )
        return
      }
      case 'days':
        return this.pass(step.days)
      case 'work':
        return this.stage.drainAtRandom(random, step.most)
      case 'trouble':
        this.stage.quickbooks.fail(step.kind, 'POST /v3/', step.times)
    }
  }

  /** What is still owed, or a part of it. A payment that is refused, or waits for another of the same invoice, is none. */
  private async pay({ pick: at, many, share, method }: Step & { do: 'pay' }, invoices: StageInvoice[]): Promise<void> {
    const owed = await this.balances(invoices)
    const first = invoices[at % invoices.length]
    const chosen = [first, ...invoices.filter(({ id, clientId }) => id !== first?.id && clientId === first?.clientId)]
      .filter((one) => one !== undefined)
      .filter(({ id }) => (owed.get(id) ?? 0n) > 0n)
      .slice(0, many)
    if (chosen.length === 0) return
    const least = chosen.map(({ id }) => owed.get(id) ?? 0n).reduce((a, b) => (a < b ? a : b))
    const amount = (least * BigInt(share)) / 100n || least
    await this.stage
      .pay(chosen, method, share === 100 && chosen.length === 1 ? undefined : amount)
      .catch(() => undefined)
  }

  private async refund(
    { pick: at, share, atStripe }: Step & { do: 'refund' },
    invoices: StageInvoice[],
  ): Promise<void> {
    const taken = await this.charges(invoices, ({ status }) => status === 'succeeded')
    const charge = taken[at % taken.length]
    if (charge === undefined) return
    const amount = Math.max(1, Math.floor((charge.amount * share) / 100))
    if (atStripe) {
      const order = { payment_intent: charge.paymentIntent, amount }
      await this.atStripe(charge.id, () => this.stage.stripe.stripe.refunds.create(order))
      return
    }
    const attemptId = charge.metadata.attempt_id ?? ''
    await refundPayment(this.stage.staff, { attemptId, amountMinor: BigInt(amount), reason: 'a story' })
  }

  /** Days go by, and the product hears of what happened in them. */
  private async pass(days: number): Promise<void> {
    this.day = addDays(this.day, days)
    await this.stage.wind(this.day)
    await this.stage.hear()
    await settlePayouts(this.stage.tenantId)
  }

  private async unposted(): Promise<string[]> {
    return (await this.stage.postings())
      .filter(({ state }) => state !== 'posted')
      .map(({ kind, state, error }) => `a ${kind} is ${state} in the books: ${error}`)
  }

  private async otherBalances(invoices: StageInvoice[]): Promise<string[]> {
    const owed = await this.balances(invoices)
    const wrong: string[] = []
    for (const invoice of invoices) {
      const [here, there] = [owed.get(invoice.id), await this.stage.booksBalance(invoice)]
      if (here !== there) wrong.push(`invoice ${invoice.number} owes ${here} here, and ${there} in the books`)
    }
    return wrong
  }

  /** PSA, journal, Stripe, the bank and the books, as the tie-out compares them. */
  private async gaps(): Promise<string[]> {
    await this.stage.writeAllBack()
    const { differences, comparisons, unasked } = await this.stage.tieOut()
    return [
      ...differences.map(({ subject, cause, words }) => `${subject.label}: ${cause}, ${words}`),
      ...unasked.map(({ system }) => `${system} was not asked`),
      ...comparisons
        .filter(({ gap }) => gap.minor !== 0n)
        .map(({ what, detail, gap }) => `${what} (${detail}) differs by ${gap.minor}`),
    ]
  }

  private async balances(invoices: StageInvoice[]): Promise<Map<string, bigint>> {
    const rows = await this.stage.rows<{ id: string; balanceMinor: bigint }>(sql`
      select id, balance_minor from invoices
      where tenant_id = ${this.stage.tenantId} and id = any(${invoices.map(({ id }) => id)}::uuid[])`)
    return new Map(rows.map(({ id, balanceMinor }) => [id, balanceMinor]))
  }

  /** Charges of this story's invoices, as Stripe's own log has them. */
  private async charges(invoices: StageInvoice[], isOne: (charge: LoggedCharge) => boolean): Promise<LoggedCharge[]> {
    const attempts = await this.stage.rows<{ id: string }>(sql`
      select attempt_id as id from allocations
      where tenant_id = ${this.stage.tenantId} and invoice_id = any(${invoices.map(({ id }) => id)}::uuid[])`)
    const ours = new Set(attempts.map(({ id }) => id))
    const all = await this.stage.stripe.control<LoggedCharge[]>('GET', `charges?account=${this.stage.stripe.account}`)
    return all.filter((charge) => ours.has(charge.metadata.attempt_id ?? '') && isOne(charge))
  }

  /** What Stripe refuses, because it is too late or too much, has not happened. */
  private async atStripe(id: string | undefined, act: (id: string) => Promise<unknown>): Promise<void> {
    if (id !== undefined) await act(id).catch(() => undefined)
  }

  private control(path: string, body: object): Promise<unknown> {
    return this.stage.stripe.control('POST', path, body)
  }
}

function leftOf({ amount, refunds, status }: LoggedCharge): number {
  return status === 'succeeded' ? refunds.reduce((left, one) => left - one.amount, amount) : 0
}
