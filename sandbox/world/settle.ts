import type { Random } from '../kernel/random.ts'
import { dateOf, dayOf, weekday } from './calendar.ts'
import type { Catalog } from './catalog.ts'
import { line } from './catalog.ts'
import { makeInvoice } from './invoices.ts'
import type { WorldClient, WorldInvoice, WorldPayment } from './world.ts'

/** A payment before its invoice has an id. */
export type DraftPayment = Pick<WorldPayment, 'on' | 'amountCents' | 'method' | 'reference'> & {
  credit?: WorldInvoice
}
export type Draft = { invoice: WorldInvoice; payments: DraftPayment[] }

/** How the client's invoices were settled until today: late as is its habit, in parts, by credit, or not at all. */
export function settleHistory(
  catalog: Catalog,
  random: Random,
  client: WorldClient,
  invoices: WorldInvoice[],
  today: string,
): Draft[] {
  const now = dayOf(today)
  let checkNumber = random.between(1000, 9000)
  const pays = random.pick(['check', 'check', 'wire'] as const)
  const reference = () => (pays === 'check' ? `Check ${checkNumber++}` : `Wire ${random.between(100000, 999999)}`)
  const begin = Math.min(...invoices.map(({ on }) => dayOf(on)))
  const drafts: Draft[] = []

  for (const invoice of invoices) {
    const draft: Draft = { invoice, payments: [] }
    drafts.push(draft)
    const issued = dayOf(invoice.on)
    const monthsIn = (issued - begin) / 30.4
    const late = client.habit.daysLate + client.habit.driftDaysPerMonth * monthsIn + random.between(-5, 7)
    const paidOn = weekday(Math.max(issued + 2, dayOf(invoice.dueOn) + Math.round(late)))
    let openCents = invoice.totalCents

    if (random.chance(0.03)) {
      const memo = creditMemo(catalog, random, client, invoice, issued + random.between(4, 15))
      if (dayOf(memo.on) <= now) {
        drafts.push({ invoice: memo, payments: [] })
        const appliedOn = dayOf(memo.on) + 1
        if (appliedOn < paidOn && appliedOn <= now && random.chance(0.75)) {
          const applied = random.chance(0.8) ? -memo.totalCents : Math.round(-memo.totalCents / 2)
          const credit = { on: dateOf(appliedOn), amountCents: applied, method: 'credit', reference: '' } as const
          draft.payments.push({ ...credit, credit: memo })
          openCents -= applied
        }
      }
    }

    const isIgnored = random.chance(now - issued < 240 ? 0.11 : 0.012)
    if (isIgnored || paidOn > now) continue
    const part = random.chance(0.05) ? Math.round((openCents * random.between(30, 80)) / 100) : openCents
    draft.payments.push({ on: dateOf(paidOn), amountCents: part, method: pays, reference: reference() })
    const restOn = weekday(paidOn + random.between(18, 50))
    if (part < openCents && restOn <= now) {
      draft.payments.push({ on: dateOf(restOn), amountCents: openCents - part, method: pays, reference: reference() })
    }
  }
  return drafts
}

function creditMemo(
  catalog: Catalog,
  random: Random,
  client: WorldClient,
  invoice: WorldInvoice,
  day: number,
): WorldInvoice {
  const subtotalCents = invoice.totalCents - invoice.taxCents
  const cents = Math.max(500, Math.round((subtotalCents * random.between(5, 35)) / 100))
  const title = random.pick(catalog.creditReasons)
  const on = dateOf(day)
  const lines = [line('product', title, 1, -cents, false)]
  return makeInvoice(client, { kind: 'CreditMemo', title, on, dueOn: on, lines })
}
