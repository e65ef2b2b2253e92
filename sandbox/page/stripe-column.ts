import { z } from 'zod'
import type { Bank, BankLine } from '../bank/bank.ts'
import { localDate } from '../world/calendar.ts'
import type { Column, Row } from './overview.ts'
import { dayWords, money, type Tone } from './words.ts'

const charge = z.object({
  id: z.string(),
  created: z.number(),
  amount: z.number(),
  amountRefunded: z.number(),
  status: z.enum(['failed', 'pending', 'succeeded']),
  failureCode: z.string().nullable(),
  type: z.string(),
  disputed: z.boolean(),
  disputes: z.array(z.object({ id: z.string(), amount: z.number(), reason: z.string(), status: z.string() })),
})
const balance = z.object({
  purses: z.array(z.object({ available: z.number(), pending: z.number() })),
  payouts: z.object({ pending: z.number(), inTransit: z.number() }),
})
type Charge = z.infer<typeof charge>
type Timed = { on: string; order: number; row: Row }

/** What Stripe and the bank know, asked through Stripe's controls. */
export async function readStripe(url: string) {
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}/_sandbox/${path}`)).json()
  const [charges, balances] = await Promise.all([read('charges'), read('balances')])
  return { charges: z.array(charge).parse(charges), balances: z.array(balance).parse(balances) }
}

/** The MSP's day: what is late in its evening is not yet tomorrow. */
type Where = { today: string; timeZone: string }

export function stripeColumn(
  { charges, balances }: Awaited<ReturnType<typeof readStripe>>,
  bank: Bank,
  ports: { stripe: number; bank: number },
  { today, timeZone }: Where,
  shown: number,
): Column {
  const onTheWay = balances.reduce((sum, { payouts }) => sum + payouts.pending + payouts.inTransit, 0)
  const held = balances
    .flatMap(({ purses }) => purses)
    .reduce((sum, { available, pending }) => sum + available + pending, 0)
  const timed = [
    ...charges.flatMap((each, at) => chargeRows(each, at, { today, timeZone })),
    ...bank.lines().map((line, at) => bankRow(line, at, today)),
  ].sort((a, b) => b.on.localeCompare(a.on) || b.order - a.order)
  const travelling: Row = {
    id: 'stripe-on-the-way',
    title: 'Payouts to the bank',
    right: money(onTheWay),
    detail: 'On their way',
    tone: 'move',
  }
  return {
    key: 'stripe',
    title: 'Stripe and bank',
    icon: 'landmark',
    ports: `:${ports.stripe} :${ports.bank}`,
    rows: [...(onTheWay > 0 ? [travelling] : []), ...timed.map(({ row }) => row)].slice(0, shown),
    empty: 'Nobody has paid yet.',
    total: { label: 'Balance at Stripe', value: money(held) },
  }
}

const methodNames: Record<string, string> = {
  acss_debit: 'Pre-authorized debit',
  card: 'Card',
  us_bank_account: 'Bank debit',
}

function chargeRows(each: Charge, place: number, { today, timeZone }: Where): Timed[] {
  const { words, tone } = stateOf(each)
  const on = localDate(new Date(each.created * 1000), timeZone)
  const isDebit = each.type !== 'card'
  const isReturnable = isDebit && each.status !== 'failed' && !each.disputed
  const row: Row = {
    id: `stripe-${each.id}`,
    title: methodNames[each.type] ?? each.type,
    right: money(each.amount),
    detail: `${words}, ${dayWords(on, today)}`,
    tone,
    ...(isReturnable && {
      act: {
        name: 'return-debit',
        value: each.id,
        label: 'Return it',
        hint: `Have the bank return the debit of ${money(each.amount)}`,
      },
    }),
  }
  const against = each.disputes.map(
    (dispute): Row => ({
      id: `stripe-${dispute.id}`,
      title: isDebit ? 'Debit returned by the bank' : 'Dispute',
      right: money(-dispute.amount),
      detail: `${dispute.reason.replaceAll('_', ' ')}, ${dispute.status.replaceAll('_', ' ')}`,
      tone: 'bad',
    }),
  )
  return [...against, row].map((shown) => ({ on, order: each.created + place / 1e6, row: shown }))
}

function stateOf({ status, failureCode, disputed, amount, amountRefunded }: Charge): { words: string; tone: Tone } {
  switch (status) {
    case 'pending':
      return { words: 'Processing', tone: 'move' }
    case 'failed':
      return { words: `Failed, ${(failureCode ?? 'no reason').replaceAll('_', ' ')}`, tone: 'bad' }
    case 'succeeded':
      if (disputed) return { words: 'Taken back', tone: 'bad' }
      if (amountRefunded === amount) return { words: 'Refunded', tone: 'plain' }
      return { words: amountRefunded > 0 ? `${money(amountRefunded)} refunded` : 'Succeeded', tone: 'good' }
  }
}

function bankRow({ on, amountCents, description }: BankLine, at: number, today: string): Timed {
  const row: Row = {
    id: `bank-${at}`,
    title: 'Payout at the bank',
    right: money(amountCents),
    detail: `${dayWords(on, today)}, ${description}`,
    tone: 'good',
  }
  return { on, order: Date.parse(on) / 1000 + 86_399, row }
}
