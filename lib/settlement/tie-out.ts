import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { json, sql } from '@/lib/base/sql'
import { type Connection, loadConnection } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { BookBalances, BookInvoice, KnownDocument } from '@/lib/connectors/contract'
import { systemName } from '@/lib/connectors/system-name'
import { raise } from '@/lib/events/exception'
import { type Money, money } from '@/lib/money/money'
import { GatewayFault } from '@/lib/payments/gateway'
import { openGateway } from '@/lib/payments/open-gateway'
import { getTenant } from '@/lib/tenancy/queries'
import { type BooksNow, type Compared, compareWithBooks, compareWithPsa } from './compare-invoices'
import { compareBank, compareClearing, compareDeposits } from './compare-money'
import {
  readClearingSides,
  readCurrencies,
  readInvoiceEffects,
  readInvoiceSides,
  readKnownDocuments,
  readPayoutSides,
} from './tie-out-facts'
import { type Difference, partsOf, type TieOut, type TieOutFigures } from './tie-out-figures'

/** Four months: older documents show through the balances of their invoices, and their periods are closed. */
const KNOWN_MS = 120 * 86_400_000
/** So many invoices that the books do not call open are looked up by their number. */
const LOOK_UPS_MAX = 500
const EXCEPTIONS_MAX = 40

/** The books, as this room sees them; who stands behind is not its business. */
export type BooksDoor = {
  system: string
  balances: (known: KnownDocument[]) => Promise<BookBalances>
  findInvoices: (numbers: string[]) => Promise<BookInvoice[]>
}

/**
 * Compares the PSA, the journal, Stripe and the books, per invoice, per payout and in total, each currency by itself;
 * writes down what it found, and puts each difference before a person with its probable cause. Money on its way is shown and is no difference.
 * A system that cannot be reached is named as not asked; nothing is claimed about it.
 * @param openBooks the door to the books, or nothing where none are connected
 */
export async function tieOut(
  tenantId: string,
  openBooks: (tenantId: string) => Promise<BooksDoor | undefined>,
): Promise<TieOut> {
  const start = await withTenant(tenantId, async (tx) => {
    const books = await loadConnection(tx, 'accounting')
    const since = new Date(now().getTime() - KNOWN_MS)
    const { currency } = await getTenant(tx)
    return {
      currency,
      /** The own one is compared whether it is used or not, and first. */
      currencies: [...new Set([currency, ...(await readCurrencies(tx))])],
      known: books === undefined ? [] : await readKnownDocuments(tx, books.id, since),
    }
  })
  const unasked: TieOutFigures['unasked'] = []
  const stripe = await readStripe(tenantId, unasked)
  const door = await openBooks(tenantId)
  const read = await readBooks(door, start.known, unasked)
  const gathered = await withTenant(tenantId, (tx) => gather(tx, start.currencies, read?.books))
  const unkept = read === undefined ? [] : unkeptBy(read.books, start)
  if (read !== undefined && door !== undefined) {
    const isLost = new Set(unkept.map(({ currency }) => currency))
    const kept = gathered.invoices.filter(({ currency }) => !isLost.has(currency))
    await lookUp(door, read, kept, unasked)
  }
  const all = start.currencies.flatMap((currency) => {
    const isKept = unkept.every((one) => one.currency !== currency)
    const stripeMinor = stripe && (stripe.find((one) => one.currency === currency)?.minor ?? 0n)
    return compareAll(inOne(gathered, currency), currency, stripeMinor, isKept ? read?.books : undefined)
  })
  const found = {
    currency: start.currency,
    comparisons: all.map(({ comparison }) => comparison),
    differences: all.flatMap(({ differences }) => differences),
    ...{ unasked, unkept },
  }
  return withTenant(tenantId, (tx) => keep(tx, found))
}

async function readStripe(tenantId: string, unasked: TieOutFigures['unasked']): Promise<Money[] | undefined> {
  const gateway = await withTenant(tenantId, async (tx) =>
    (await loadConnection(tx, 'payments')) === undefined ? undefined : openGateway(tx),
  )
  try {
    return await gateway?.balance()
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    unasked.push({ system: 'Stripe', reason: error.message })
    return undefined
  }
}

type Read = { books: BooksNow & { invoices: Map<string, BookInvoice> } }

async function readBooks(
  door: BooksDoor | undefined,
  known: KnownDocument[],
  unasked: TieOutFigures['unasked'],
): Promise<Read | undefined> {
  if (door === undefined) return undefined
  const readAt = now()
  try {
    const { home, keepsOthers, invoices, documents } = await door.balances(known)
    const nameOf = (one: KnownDocument) => `${one.externalKind} ${one.externalId}`
    const standing = new Map(documents.map((one) => [nameOf(one), one.amount]))
    const asked = new Set(known.map(nameOf))
    return {
      books: {
        system: door.system,
        ...{ home, keepsOthers, readAt },
        asked,
        standing,
        invoices: new Map(invoices.map((one) => [one.number, one])),
      },
    }
  } catch (error) {
    if (!(error instanceof ConnectorFault)) throw error
    unasked.push({ system: door.system, reason: error.message })
    return undefined
  }
}

/** Currencies in which nothing can be posted to the books, by the rule of what is posted to them. */
function unkeptBy(
  { system, home, keepsOthers }: BooksNow,
  { currency: own, currencies }: { currency: string; currencies: readonly string[] },
): TieOutFigures['unkept'] {
  const isKept = (currency: string) => keepsOthers || currency === home || currency === own
  return currencies.filter((currency) => !isKept(currency)).map((currency) => ({ currency, system, home }))
}

type Gathered = Awaited<ReturnType<typeof gather>>

async function gather(tx: Tx, currencies: readonly string[], books: BooksNow | undefined) {
  const [psa, payments, accounting] = [
    await loadConnection(tx, 'psa'),
    await loadConnection(tx, 'payments'),
    await loadConnection(tx, 'accounting'),
  ]
  const invoices = await readInvoiceSides(tx, [...(books?.invoices.keys() ?? [])], psa?.id)
  const isAsked = books !== undefined && accounting !== undefined
  return {
    psa,
    payments,
    invoices,
    effects: isAsked
      ? await readInvoiceEffects(
          tx,
          accounting.id,
          invoices.map(({ id }) => id),
        )
      : [],
    payouts: await readPayoutSides(tx, accounting?.id),
    clearing: await readClearingSides(tx, currencies),
  }
}

type Sides = ReturnType<typeof inOne>

/** What of it is in one currency. */
function inOne({ invoices, effects, payouts, clearing, ...connections }: Gathered, currency: string) {
  const own = invoices.filter((one) => one.currency === currency)
  const ids = new Set(own.map(({ id }) => id))
  const lies = clearing.find((one) => one.currency === currency)
  if (lies === undefined) throw new Error(`the clearing account in ${currency} could not be read`)
  return {
    ...connections,
    invoices: own,
    effects: effects.filter(({ invoiceId }) => ids.has(invoiceId)),
    payouts: payouts.filter((one) => one.currency === currency),
    clearing: lies,
  }
}

/** Invoices that owe something here and are not among the open ones there: paid there, or missing? */
async function lookUp(
  door: BooksDoor,
  { books }: Read,
  invoices: Gathered['invoices'],
  unasked: TieOutFigures['unasked'],
): Promise<void> {
  const absent = invoices.filter(({ number, journalMinor }) => journalMinor !== 0n && !books.invoices.has(number))
  try {
    const found = await door.findInvoices(absent.slice(0, LOOK_UPS_MAX).map(({ number }) => number))
    for (const invoice of found) books.invoices.set(invoice.number, invoice)
  } catch (error) {
    if (!(error instanceof ConnectorFault)) throw error
    unasked.push({ system: door.system, reason: error.message })
  }
}

function compareAll(
  { psa, payments, invoices, effects, payouts, clearing }: Sides,
  currency: string,
  stripeMinor: bigint | undefined,
  books: BooksNow | undefined,
): Compared[] {
  const label = (connection: Connection) => ({ id: connection.id, label: connection.accountName })
  return [
    ...(psa === undefined ? [] : [compareWithPsa(invoices, systemName(psa), currency)]),
    ...(stripeMinor === undefined || payments === undefined
      ? []
      : [compareClearing(clearing, stripeMinor, currency, label(payments))]),
    ...(payments === undefined ? [] : [compareBank(payouts, currency)]),
    ...(books === undefined
      ? []
      : [
          compareWithBooks(invoices, effects, books, currency),
          ...compareDeposits(payouts, clearing.feeMinor, books, currency),
        ]),
  ]
}

async function keep(tx: Tx, figures: TieOutFigures): Promise<TieOut> {
  const id = newId()
  const at = now()
  const gaps = partsOf(figures).map(({ gap }) => gap)
  // The column has what is missing in the own currency; the others are among the figures.
  const own = gaps.find(({ currency }) => currency === figures.currency)
  await tx.run(sql`
    insert into tie_outs (tenant_id, id, at, figures, gap_minor) values (${tx.tenantId}, ${id}, ${at}, ${json({ ...figures, gaps })}, ${own?.minor ?? 0n})`)
  await tell(tx, figures)
  const missing = gaps.filter(({ minor }) => minor !== 0n).map(({ minor, currency }) => `${minor} ${currency}`)
  log.info({ tenantId: tx.tenantId, gaps: missing, differences: figures.differences.length }, 'tie_out.done')
  return { id, at, gaps, ...figures }
}

/** One exception per invoice or payout, the largest first; those that tie out by now are closed. */
async function tell(tx: Tx, { differences, unasked }: TieOutFigures): Promise<void> {
  const bySubject = Map.groupBy(differences, ({ subject }) => subject.id)
  const worst = [...bySubject.values()]
    .map((all) => ({ all, amount: largestOf(all) }))
    .sort((a, b) => Number((b.amount?.minor ?? 0n) - (a.amount?.minor ?? 0n)))
    .slice(0, EXCEPTIONS_MAX)
  for (const { all, amount } of worst) {
    const [first] = all
    if (first === undefined || amount === undefined) continue
    await raise(tx, {
      cause: 'tie-out-gap',
      subject: { kind: first.subject.kind, id: first.subject.id },
      ...(first.clientId === undefined ? {} : { clientId: first.clientId }),
      amount,
      detail: [...new Set(all.map(({ words }) => words))].join(' '),
      nextStep: first.nextStep,
    })
  }
  // What could not be asked may still differ: nothing is closed on the strength of not having looked.
  if (unasked.length > 0) return
  await tx.run(sql`
    update exceptions set closed_at = ${now()}, closed_by = 'system'
    where tenant_id = ${tx.tenantId} and cause = 'tie-out-gap' and closed_at is null and subject_id <> all(${[...bySubject.keys()]}::text[])`)
}

/** The largest of one subject, in the currency of its first: only Stripe's account can differ in several. */
function largestOf(all: readonly Difference[]): Money | undefined {
  const sizes = all.map(({ gap }) => money(gap.minor < 0n ? -gap.minor : gap.minor, gap.currency))
  const [first] = sizes
  return sizes.reduce(
    (most, one) => (most !== undefined && one.currency === most.currency && one.minor > most.minor ? one : most),
    first,
  )
}
