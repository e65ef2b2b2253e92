import { now } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import { money } from '@/lib/money/money'
import { toDecimal } from '@/lib/money/wire'
import { Random } from '../../sandbox/kernel/random.ts'
import type { Plan } from './crash-plan.ts'
import { heal, spoil } from './faults.ts'
import { actionIds, pressRefund } from './pay-page.ts'
import { type Method, type OpenInvoice, Payer } from './payer.ts'
import { skipWaiting } from './queue.ts'
import { reconnectBooks } from './reconnect-books.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

const card = (number: string): Method => ({ card: number })
const bank = (number: string): Method => ({ bank: number })
const good = card('4242424242424242')

/** How a payment is tried: the methods one after the other, and how often "Pay" is pressed. */
type Try = { methods: Method[]; presses: 'once' | 'twice' | 'two tabs' }
/** The first few, so that there is something to refund and dispute. */
const plain: Try = { methods: [good, good], presses: 'once' }
const tries: Try[] = [
  { methods: [good], presses: 'once' },
  { methods: [good], presses: 'once' },
  { methods: [good, good], presses: 'twice' },
  { methods: [good, good], presses: 'two tabs' },
  { methods: [card('4000000000009995'), good], presses: 'once' },
  { methods: [bank('000123456789')], presses: 'once' },
  { methods: [bank('000123456789')], presses: 'twice' },
  { methods: [bank('000222222227')], presses: 'once' },
  { methods: [bank('000555555559')], presses: 'once' },
]

/** About ten deaths in a story, anywhere, and now and then a wait that lets others go first. */
export const atRandom = (seed: number): Plan => ({ mode: 'random', seed, killRate: 0.01, waitRate: 0.05 })

type LoggedCharge = {
  id: string
  status: string
  type: string
  amount: number
  disputed: boolean
  refunds: unknown[]
  metadata: Record<string, string>
}

/**
 * A fortnight in the life of an MSP, while everything that can die dies and everything that can fail fails: invoices
 * come, are paid in every way, deleted, refunded, disputed, returned. In its second half all is calm again.
 */
export async function tell(stage: Stage, seed: number, plan: Plan): Promise<Payer> {
  const random = new Random(seed)
  const payer = new Payer(stage)
  spoil(stage.sandbox, random, 1)
  stage.plan.set(plan)
  try {
    const [deleted, ...invoices] = await billSome(stage, random, 10)
    const orders = invoices.map((invoice, at) => ({ invoice, ...(at < 4 ? plain : random.pick(tries)) }))
    await eachOf(orders, 3, async ({ invoice, methods, presses }) => {
      await payer.pay(invoice, methods, presses)
    })
    if (deleted !== undefined) await deleteInPsa(stage, deleted)
    await giveBackSome(stage, random)
    spoil(stage.sandbox, random, 0.2)
    await stage.drain()
    await stage.windDays(4)
    heal(stage.sandbox)
    await stage.windDays(4)
  } finally {
    stage.plan.set({ mode: 'calm' })
    heal(stage.sandbox)
  }
  await stage.webIsUp()
  await reconnectBooks(stage)
  for (let step = 0; step < 2; step += 1) {
    await stage.windDays(3)
  }
  return payer
}

/** The PSA bills, many clients or the one that is named; callbacks or the next sync bring it in. */
export async function billSome(
  stage: Stage,
  random: Random,
  count: number,
  named: { client?: number; dueOn?: string } = {},
): Promise<OpenInvoice[]> {
  const made: string[] = []
  for (let at = 0; at < count; at += 1) {
    const client = random.pick(stage.sandbox.world.clients).id
    const line = { description: 'Support', unitPriceCents: random.between(500, 400_000) }
    const { number } = await stage.control<{ number: string }>('connectwise', 'invoices', 'POST', {
      ...{ client, lines: [line], ...named },
    })
    made.push(number)
  }
  // A callback that got lost: the next sync is five minutes away.
  await stage.sandbox.clock.advanceTo(new Date(now().getTime() + 6 * 60_000))
  stage.follow()
  let found: OpenInvoice[] = []
  await until('the invoices to come in', async () => {
    found = (
      await stage.rows<{ id: string; number: string; total: string; due_on: string }>(
        `select id, number, total_minor::text as total, due_on::text from invoices where number = any($1) and state = 'open' order by number`,
        [made],
      )
    ).map(({ id, number, total, due_on }) => ({ id, number, totalMinor: BigInt(total), dueOn: due_on }))
    await stage.rows(skipWaiting)
    return found.length === made.length
  })
  return found
}

/** Somebody in the PSA deletes an invoice that nobody has paid. */
async function deleteInPsa(stage: Stage, { number }: OpenInvoice): Promise<void> {
  type Listed = { invoices: { id: number }[] }
  const { invoices } = await stage.control<Listed>('connectwise', `invoices?number=${number}`)
  for (const { id } of invoices) await stage.control('connectwise', `invoices/${id}`, 'DELETE')
}

/** Staff refund some payments, one is refunded in Stripe's own dashboard, and a cardholder disputes another. */
async function giveBackSome(stage: Stage, random: Random): Promise<void> {
  const charges = (await chargesAtStripe(stage)).filter(
    ({ status, type, disputed, refunds }) =>
      status === 'succeeded' && type === 'card' && !disputed && refunds.length === 0,
  )
  const [inDashboard, disputed, ...byStaff] = charges.slice(-5)
  for (const charge of byStaff) await refundAsStaff(stage, charge, random.chance(0.5) ? 1 : 3)
  if (inDashboard !== undefined) await refundAtStripe(stage, inDashboard)
  if (disputed !== undefined)
    await stage.control('stripe', `dispute/${disputed.id}`, 'POST', { reason: 'product_not_received' })
}

/** In the console, by the button; a person who gets no answer looks, and presses once more. */
export async function refundAsStaff(stage: Stage, charge: LoggedCharge, part: number): Promise<void> {
  const action = actionIds(stage.buildFolder)('app/console/(staff)/payments/[id]/refund.ts', 'refund')
  const amount = toDecimal(money(BigInt(Math.ceil(charge.amount / part)), 'USD'))
  const order = { id: charge.metadata.attempt_id ?? '', amount, reason: 'Billed twice' }
  for (let presses = 0; presses < 2; presses += 1) {
    try {
      return await pressRefund(stage.publicUrl, action, await stage.staffCookie(), order)
    } catch {
      await stage.webIsUp()
    }
  }
}

/**
 * As the MSP's people may do on Stripe's own pages. Whoever gets no answer there looks whether the refund has been made,
 * and presses again if it has not: another press, with another key, for Stripe repeats to a key whatever it answered it,
 * a failure of its own too.
 */
async function refundAtStripe(stage: Stage, charge: LoggedCharge): Promise<void> {
  const { sandbox, account } = stage
  const { url, secretKey } = sandbox.services.stripe
  await until('the refund in the dashboard', async () => {
    const response = await fetch(`${url}/v1/refunds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretKey}`,
        'stripe-account': account,
        'stripe-version': '2026-10-28.endive',
        'idempotency-key': newId(),
      },
      body: new URLSearchParams({ charge: charge.id, amount: String(Math.ceil(charge.amount / 2)) }),
    }).catch(() => undefined)
    if (response?.ok === true) return true
    return (await chargesAtStripe(stage)).some(({ id, refunds }) => id === charge.id && refunds.length > 0)
  })
}

export function chargesAtStripe(stage: Stage): Promise<LoggedCharge[]> {
  return stage.control('stripe', `charges?account=${stage.account}`)
}

async function eachOf<Item>(items: Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
