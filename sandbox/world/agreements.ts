import type { Random } from '../kernel/random.ts'
import { dateOf, dayInMonth } from './calendar.ts'
import type { Catalog } from './catalog.ts'
import type { WorldAddition, WorldAgreement, WorldClient, WorldLine } from './world.ts'

export const monthsOfHistory = 14

/** The client's agreement: what it started with, and each later change of quantity as an addition of its own. */
export function makeAgreement(catalog: Catalog, random: Random, client: WorldClient, today: string): WorldAgreement {
  const seats = Math.round(3 + 150 * random.next() ** 3.2)
  const startOn = dateOf(dayInMonth(today, monthsOfHistory + random.between(0, 40), random.between(1, 28)))
  const additions: WorldAddition[] = []
  const nextId = () => client.id * 200 + additions.length
  for (const { share, quantity, ...product } of catalog.recurring) {
    if (!random.chance(share)) continue
    const price = product.unit === 'flat' ? product.unitPriceCents : priceFor(random, product.unitPriceCents)
    let current: WorldAddition = {
      ...product,
      id: nextId(),
      quantity: quantity(seats),
      unitPriceCents: price,
      effectiveOn: startOn,
    }
    additions.push(current)
    for (let back = monthsOfHistory; back >= 0 && product.unit !== 'flat'; back -= 1) {
      const change = random.chance(0.13) ? random.pick([1, 1, 1, 2, 3, -1, -1, -2]) : 0
      if (change === 0 || current.quantity + change < 1) continue
      const effectiveOn = dateOf(dayInMonth(today, back, random.between(5, 28)))
      if (effectiveOn >= today) break
      current.cancelledOn = effectiveOn
      current = { ...product, id: nextId(), quantity: current.quantity + change, unitPriceCents: price, effectiveOn }
      additions.push(current)
    }
  }
  const isCancelled = random.chance(0.04)
  const firstCents = additions.reduce(
    (sum, a) => (a.effectiveOn === startOn ? sum + a.quantity * a.unitPriceCents : sum),
    0,
  )
  return {
    id: client.id + 1000,
    clientId: client.id,
    name: random.pick(catalog.agreementNames),
    startOn,
    ...(isCancelled ? { cancelledOn: dateOf(dayInMonth(today, random.between(1, 5), 28)) } : {}),
    billingDay: random.chance(0.75) ? 1 : random.between(2, 5),
    baseCents: firstCents < 10_000 ? 45_000 : random.chance(0.2) ? random.between(3, 30) * 2500 : 0,
    additions,
  }
}

/** List price, or up to an eighth beside it, in quarters. */
function priceFor(random: Random, listCents: number): number {
  return listCents < 1000 ? listCents : Math.round((listCents * random.between(92, 112)) / 2500) * 25
}

/** What the agreement bills on a day: its own amount, then the additions in force. Same additions, same line objects. */
export function agreementLines(agreement: WorldAgreement, on: string, made: Map<number, WorldLine>): WorldLine[] {
  const lines: WorldLine[] = []
  if (agreement.baseCents > 0) {
    lines.push({
      kind: 'agreement',
      description: agreement.name,
      quantity: 1,
      unitPriceCents: agreement.baseCents,
      amountCents: agreement.baseCents,
      taxable: false,
    })
  }
  for (const addition of agreement.additions) {
    if (addition.effectiveOn > on || (addition.cancelledOn !== undefined && addition.cancelledOn <= on)) continue
    let line = made.get(addition.id)
    if (line === undefined) {
      line = {
        kind: 'product',
        description: addition.description,
        quantity: addition.quantity,
        unitPriceCents: addition.unitPriceCents,
        amountCents: addition.quantity * addition.unitPriceCents,
        taxable: addition.taxable,
        additionId: addition.id,
      }
      made.set(addition.id, line)
    }
    lines.push(line)
  }
  return lines
}
