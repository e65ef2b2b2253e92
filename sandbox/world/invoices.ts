import type { Random } from '../kernel/random.ts'
import { agreementLines, monthsOfHistory } from './agreements.ts'
import { dateOf, dayInMonth, dayOf, monthAndYear } from './calendar.ts'
import { type Catalog, line } from './catalog.ts'
import type { WorldAgreement, WorldClient, WorldInvoice, WorldLine } from './world.ts'

const smallestCents = 4_000
const largestCents = 4_800_000

/** An invoice with its totals; id and number come when all invoices are known and stand in order. */
export function makeInvoice(
  client: WorldClient,
  facts: Pick<WorldInvoice, 'kind' | 'title' | 'on' | 'lines'> & Partial<WorldInvoice>,
): WorldInvoice {
  const { lines, taxCents, taxes } = taxed(client, facts.lines)
  const subtotalCents = lines.reduce((sum, { amountCents }) => sum + amountCents, 0)
  return {
    id: 0,
    number: '',
    clientId: client.id,
    dueOn: dateOf(dayOf(facts.on) + client.terms.dueDays),
    ...facts,
    lines,
    taxCents,
    ...(taxes === undefined ? {} : { taxes }),
    totalCents: subtotalCents + taxCents,
  }
}

/** The lines as this client is billed them, and their tax: one, or each of several by its name. */
export function taxed(
  client: Pick<WorldClient, 'taxRateBps' | 'taxes'>,
  asked: readonly WorldLine[],
): Pick<WorldInvoice, 'lines' | 'taxCents' | 'taxes'> {
  if (client.taxes === undefined) return { lines: asked, taxCents: taxOf(asked, client.taxRateBps * 100) }
  const lines = asked.map((line) => ({ ...line, taxable: true }))
  const taxes = client.taxes.map(({ name, perMillion }) => ({ name, cents: taxOf(lines, perMillion) }))
  return { lines, taxes, taxCents: taxes.reduce((sum, { cents }) => sum + cents, 0) }
}

/** Tax on the taxable lines, rounded once, half away from zero. */
function taxOf(lines: readonly WorldLine[], perMillion: number): number {
  const taxableCents = lines.reduce((sum, { taxable, amountCents }) => (taxable ? sum + amountCents : sum), 0)
  return Math.sign(taxableCents) * Math.round((Math.abs(taxableCents) * perMillion) / 1_000_000)
}

/** One invoice of the agreement, or undefined when nothing was in force. */
export function billAgreement(
  catalog: Catalog,
  client: WorldClient,
  agreement: WorldAgreement,
  on: string,
  made: Map<number, WorldLine>,
): WorldInvoice | undefined {
  if (on < agreement.startOn || (agreement.cancelledOn !== undefined && agreement.cancelledOn <= on)) return undefined
  const lines = agreementLines(agreement, on, made)
  if (lines.length === 0) return undefined
  const title = `${catalog.servicesTitle}, ${monthAndYear(on, catalog.language)}`
  return makeInvoice(client, { kind: 'Agreement', title, agreementId: agreement.id, on, lines })
}

/** All that was billed to the client in the history: its agreement monthly, and now and then work or a project. */
export function billHistory(
  catalog: Catalog,
  random: Random,
  client: WorldClient,
  agreement: WorldAgreement,
  today: string,
): WorldInvoice[] {
  const invoices: WorldInvoice[] = []
  const made = new Map<number, WorldLine>()
  const busyness = 0.6 + 2.4 * random.next() ** 1.4
  for (let back = monthsOfHistory - 1; back >= 0; back -= 1) {
    const on = dateOf(dayInMonth(today, back, agreement.billingDay))
    const monthly = on <= today ? billAgreement(catalog, client, agreement, on, made) : undefined
    if (monthly !== undefined) invoices.push(monthly)
    const extra = Math.floor(busyness + random.next())
    for (let i = 0; i < extra; i += 1) {
      const day = dateOf(dayInMonth(today, back, random.between(1, 28)))
      if (day <= today) invoices.push(billWork(catalog, random, client, day))
    }
    if (random.chance(0.055)) invoices.push(...billProject(catalog, random, client, today, back))
  }
  return invoices
}

function billWork(catalog: Catalog, random: Random, client: WorldClient, on: string): WorldInvoice {
  if (random.chance(0.3)) {
    const lines = Array.from({ length: random.between(1, 3) }, () => hardwareLine(catalog, random, 8))
    const [first] = lines
    return makeInvoice(client, { kind: 'Standard', title: first?.description ?? '', on, lines })
  }
  const ticket = random.pick(catalog.tickets)
  const hours = random.chance(0.3) ? random.between(1, 3) / 4 : random.between(2, 36) / 4
  const lines = [line('time', ticket.work, hours, random.pick(catalog.hourlyCents), false)]
  if (random.chance(0.2)) lines.push(line('time', ticket.work, random.between(2, 12) / 4, 14500, false))
  if (random.chance(0.25)) lines.push(hardwareLine(catalog, random, 2))
  if (random.chance(0.3)) lines.push(expenseLine(catalog, random))
  const [work] = lines
  if (lines.length === 1 && work !== undefined && work.amountCents < smallestCents) {
    lines[0] = line('time', ticket.work, 0.25, 16000, false) // the smallest thing this MSP bills
  }
  return makeInvoice(client, { kind: 'Standard', title: ticket.title, on, lines })
}

function billProject(
  catalog: Catalog,
  random: Random,
  client: WorldClient,
  today: string,
  back: number,
): WorldInvoice[] {
  const project = random.pick(catalog.projects)
  const stages = random.between(2, 4)
  const stageCents = Math.round((250_000 + 4_400_000 * random.next() ** 4) / 100) * 100
  const invoices: WorldInvoice[] = []
  for (let stage = 1; stage <= stages && back - stage + 1 >= 0; stage += 1) {
    const on = dateOf(dayInMonth(today, back - stage + 1, random.between(3, 27)))
    if (on > today) break
    const lines = [line('product', `${project.milestone}, ${stage}/${stages}`, 1, stageCents, false)]
    if (stage === 1) lines.push(line('time', project.work, random.between(8, 60) / 2, 14500, false))
    if (stage === 2) lines.push(hardwareLine(catalog, random, 4))
    const invoice = makeInvoice(client, { kind: 'Progress', title: project.title, on, lines })
    if (invoice.totalCents <= largestCents) invoices.push(invoice)
  }
  return invoices
}

function hardwareLine(catalog: Catalog, random: Random, most: number): WorldLine {
  const { description, cents } = random.pick(catalog.hardware)
  return line('product', description, 1 + Math.floor(random.next() ** 2 * most), cents, true)
}

function expenseLine(catalog: Catalog, random: Random): WorldLine {
  const { description, cents } = random.pick(catalog.expenses)
  return line('expense', description, 1, cents, false)
}
