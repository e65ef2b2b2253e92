import { now } from '@/lib/base/clock'
import { money } from '@/lib/money/money'
import { toDecimal } from '@/lib/money/wire'
import { Random } from '../../sandbox/kernel/random.ts'
import { heal, spoil } from './faults.ts'
import { actionIds, pressRefund } from './pay-page.ts'
import { type Method, type OpenInvoice, Payer } from './payer.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'

const card = (number: string): Method => ({ card: number })
const bank = (number: string): Method => ({ bank: number })
const good = card('4242424242424242')

/** How a payment is tried: the methods one after the other, and how often "Pay" is pressed. */
const tries: { methods: Method[]; presses: 'once' | 'twice' | 'two tabs' }[] = [
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

type LoggedCharge = {
  id: string
  status: string
  type: string
  amount: number
  disputed: boolean
  metadata: Record<string, string>
}

/**
 * A fortnight in the life of an MSP, while everything that can die dies and everything that can fail fails: invoices
 * come, are paid in every way, changed, voided, refunded, disputed, returned. Then it is calm, and twelve days pass.
 */
export async function tell(stage: Stage, seed: number, arm: () => void): Promise<Payer> {
  const random = new Random(seed)
  const { sandbox, plan } = stage
  const payer = new Payer(stage)
  spoil(sandbox, random)
  arm()
  try {
    const invoices = await billSome(stage, random, 10)
    await eachOf(invoices.slice(1), 3, async (invoice) => {
      const { methods, presses } = random.pick(tries)
      await payer.pay(invoice, methods, presses)
    })
    await changeSome(stage, invoices[0])
    await giveBackSome(stage, random)
  } finally {
    plan.set({ mode: 'calm' })
    heal(sandbox)
  }
  await stage.webIsUp()
  await stage.drain()
  for (let step = 0; step < 4; step += 1) await stage.windDays(3)
  return payer
}

/** The PSA bills; callbacks or the next sync bring it in. */
async function billSome(stage: Stage, random: Random, count: number): Promise<OpenInvoice[]> {
  const made: string[] = []
  for (let at = 0; at < count; at += 1) {
    const client = random.pick(stage.sandbox.world.clients)
    const line = { description: 'Support', unitPriceCents: random.between(500, 400_000) }
    const { number } = await stage.control<{ number: string }>('connectwise', 'invoices', 'POST', {
      client: client.id,
      lines: [line],
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
    await stage.rows(
      `update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null and attempts < max_attempts`,
    )
    return found.length === made.length
  })
  return found
}

/** Somebody in the PSA deletes an invoice that nobody has paid. */
async function changeSome(stage: Stage, invoice: OpenInvoice | undefined): Promise<void> {
  if (invoice === undefined) return
  type Listed = { invoices: { id: number }[] }
  const { invoices } = await stage.control<Listed>('connectwise', `invoices?number=${invoice.number}`)
  for (const { id } of invoices) await stage.control('connectwise', `invoices/${id}`, 'DELETE')
}

/** Staff refund one payment, somebody else one at Stripe, a cardholder disputes a third. */
async function giveBackSome(stage: Stage, random: Random): Promise<void> {
  const charges = (await chargesAtStripe(stage)).filter(({ status, type }) => status === 'succeeded' && type === 'card')
  const [byStaff, atStripe, disputed] = charges.slice(-3)
  if (byStaff !== undefined) {
    const action = actionIds(stage.buildFolder)('app/console/(staff)/payments/[id]/refund.ts', 'refund')
    const minor = random.chance(0.5) ? byStaff.amount : Math.ceil(byStaff.amount / 3)
    const refund = {
      id: byStaff.metadata.attempt_id ?? '',
      amount: toDecimal(money(BigInt(minor), 'USD')),
      reason: 'Late',
    }
    const press = async () => pressRefund(stage.publicUrl, action, await stage.staffCookie(), refund)
    await press().catch(() => stage.webIsUp()) // pressing it again is for a person to decide
  }
  const { service } = { service: stage.sandbox.services.stripe }
  if (atStripe !== undefined)
    await fetch(`${service.url}/v1/refunds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.secretKey}`,
        'stripe-account': stage.account,
        'stripe-version': '2026-10-28.endive',
      },
      body: new URLSearchParams({ charge: atStripe.id, amount: String(Math.ceil(atStripe.amount / 2)) }),
    }).catch(() => undefined)
  if (disputed !== undefined && !disputed.disputed)
    await stage
      .control('stripe', `dispute/${disputed.id}`, 'POST', { reason: 'product_not_received' })
      .catch(() => undefined)
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
