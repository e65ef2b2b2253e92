import { Random } from '../kernel/random.ts'
import { makeAgreement } from './agreements.ts'
import { addDays, dayOf } from './calendar.ts'
import { canadians, makeCanadian } from './canadians.ts'
import type { Catalog } from './catalog.ts'
import { makeClient } from './clients.ts'
import { billHistory } from './invoices.ts'
import { type MspProfile, msps } from './msps.ts'
import { type Draft, settleHistory } from './settle.ts'
import { hadleyAgreement, storyDrafts, storyNumbers, tellHadley } from './story.ts'
import type { World, WorldAgreement, WorldClient, WorldMsp, WorldPayment } from './world.ts'

export type Seed = {
  seed: string
  /** Forty clients and about 1,500 invoices per unit (six clients for `boreal`); a whole world has Canadian ones beside them. */
  scale: number
  /** YYYY-MM-DD; the history ends here and begins fourteen months before. */
  today: string
  msp?: WorldMsp['key']
}

/** The whole world from a seed: the same seed, scale and day give the same world, to the cent. */
export function seedWorld({ seed, scale, today, msp = 'larkfield' }: Seed): World {
  const profile = msps[msp]
  const count = Math.max(1, Math.round(profile.clients.length * scale))
  const clients: WorldClient[] = []
  const agreements: WorldAgreement[] = []
  const byDay = new Map<number, Draft[]>()
  const keep = (drafts: Draft[]) => {
    for (const draft of drafts) {
      const day = dayOf(draft.invoice.on)
      const sameDay = byDay.get(day)
      if (sameDay === undefined) byDay.set(day, [draft])
      else sameDay.push(draft)
    }
  }
  for (let index = 0; index < count; index += 1) {
    const random = new Random(`${seed}:${msp}:${index}`) // a client is the same in a larger world
    const client = makeClient(profile, random, index)
    const agreement = client.name.startsWith('Hadley & Moss')
      ? hadleyAgreement(client, today)
      : makeAgreement(profile.catalog, random, client, today)
    clients.push(client)
    agreements.push(agreement)
    keep(clientHistory(profile, profile.catalog, random, client, agreement, today))
  }
  const abroad = msp === 'larkfield' && scale >= 1 ? canadians : []
  abroad.forEach((canadian, index) => {
    const random = new Random(`${seed}:${msp}:canada:${index}`)
    const client = makeCanadian(random, canadian, profile.firstClientId + count + index)
    const agreement = makeAgreement(canadian.catalog, random, client, today)
    clients.push(client)
    agreements.push(agreement)
    keep(clientHistory(profile, canadian.catalog, random, client, agreement, today))
  })
  const drafts = [...byDay.keys()].sort((a, b) => a - b).flatMap((day) => byDay.get(day) ?? [])
  number(drafts, profile, today, profile.firstClientId + count)
  return {
    msp: profile.msp,
    clients,
    agreements,
    invoices: drafts.map(({ invoice }) => invoice),
    payments: paymentsOf(drafts),
  }
}

function clientHistory(
  profile: MspProfile,
  catalog: Catalog,
  random: Random,
  client: WorldClient,
  agreement: WorldAgreement,
  today: string,
): Draft[] {
  const billed = billHistory(catalog, random, client, agreement, today)
  if (profile.msp.key !== 'larkfield') return settleHistory(catalog, random, client, billed, today)
  if (!client.name.startsWith('Hadley & Moss')) {
    return [...settleHistory(catalog, random, client, billed, today), ...storyDrafts(client, today)]
  }
  const [newest, ...paid] = tellHadley(client, billed, today).toReversed()
  const settled = paid.toReversed().map((invoice, i): Draft => {
    const on = invoice.number === '20371' ? addDays(today, -15) : addDays(invoice.on, 14 + Math.round(i * 1.5))
    return {
      invoice,
      payments: [{ on, amountCents: invoice.totalCents, method: 'check', reference: `Check ${5000 + i}` }],
    }
  })
  return [
    ...settled,
    ...(newest === undefined ? [] : [{ invoice: newest, payments: [] }]),
    ...storyDrafts(client, today),
  ]
}

/**
 * Ids in order of dates; numbers likewise, so that the day of invoice 20418 comes out near 20418. Clients from
 * `firstAbroad` on have a series of their own, and leave the others theirs.
 */
function number(drafts: Draft[], profile: MspProfile, today: string, firstAbroad: number): void {
  const before = drafts.filter(
    ({ invoice: { on, kind, clientId } }) =>
      clientId < firstAbroad && on < addDays(today, -18) && kind !== 'CreditMemo',
  ).length
  const first = profile.msp.key === 'larkfield' ? (before < 19_000 ? 20_418 - before : 100_000) : 3_100
  let next = first
  let nextMemo = 1_061
  let nextAbroad = 3_001
  let id = 1_000
  for (const { invoice } of drafts) {
    invoice.id = id += 1
    if (invoice.number !== '') continue
    if (invoice.clientId >= firstAbroad) invoice.number = `CA-${nextAbroad++}`
    else if (invoice.kind === 'CreditMemo') {
      if (storyNumbers.has(`CM${nextMemo}`)) nextMemo += 1
      invoice.number = `${profile.invoicePrefix}CM${nextMemo++}`
    } else {
      while (storyNumbers.has(String(next))) next += 1
      invoice.number = `${profile.invoicePrefix}${next++}`
    }
  }
}

function paymentsOf(drafts: Draft[]): WorldPayment[] {
  const byDay = new Map<number, WorldPayment[]>()
  for (const { invoice, payments } of drafts) {
    for (const { credit, ...paid } of payments) {
      const payment: WorldPayment = { id: 0, invoiceId: invoice.id, ...paid }
      if (credit !== undefined) Object.assign(payment, { creditInvoiceId: credit.id, reference: credit.number })
      const day = dayOf(paid.on)
      const sameDay = byDay.get(day)
      if (sameDay === undefined) byDay.set(day, [payment])
      else sameDay.push(payment)
    }
  }
  const ordered = [...byDay.keys()].sort((a, b) => a - b).flatMap((day) => byDay.get(day) ?? [])
  ordered.forEach((payment, i) => {
    payment.id = 501 + i
  })
  return ordered
}
