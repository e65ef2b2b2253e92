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
import { money } from '@/lib/money/money'
import { GatewayFault } from '@/lib/payments/gateway'
import { openGateway } from '@/lib/payments/open-gateway'
import { getTenant } from '@/lib/tenancy/queries'
import { type BooksNow, compareWithBooks, compareWithPsa } from './compare-invoices'
import { compareBank, compareClearing, compareDeposits } from './compare-money'
import {
  readClearingSides,
  readInvoiceEffects,
  readInvoiceSides,
  readKnownDocuments,
  readPayoutSides,
} from './tie-out-facts'
import { type Difference, type TieOut, type TieOutFigures, totalGap } from './tie-out-figures'

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
 * Compares the PSA, the journal, Stripe and the books, per invoice, per payout and in total; writes down what it found,
 * and puts each difference before a person with its probable cause. Money on its way is shown and is no difference.
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
    return {
      currency: (await getTenant(tx)).currency,
      known: books === undefined ? [] : await readKnownDocuments(tx, books.id, since),
    }
  })
  const { currency } = start
  const unasked: TieOutFigures['unasked'] = []
  const stripeMinor = await readStripe(tenantId, currency, unasked)
  const door = await openBooks(tenantId)
  const read = await readBooks(door, start.known, unasked)
  const figures = await withTenant(tenantId, (tx) => gather(tx, currency, read?.books))
  if (read !== undefined && door !== undefined) await lookUp(door, read, figures.invoices, unasked)
  const found = compareAll(figures, currency, stripeMinor, read?.books, unasked)
  return withTenant(tenantId, (tx) => keep(tx, found))
}

async function readStripe(
  tenantId: string,
  currency: string,
  unasked: TieOutFigures['unasked'],
): Promise<bigint | undefined> {
  const gateway = await withTenant(tenantId, async (tx) =>
    (await loadConnection(tx, 'payments')) === undefined ? undefined : openGateway(tx),
  )
  try {
    const balances = await gateway?.balance()
    return balances === undefined ? undefined : (balances.find((one) => one.currency === currency)?.minor ?? 0n)
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
    const { invoices, documents } = await door.balances(known)
    const nameOf = (one: KnownDocument) => `${one.externalKind} ${one.externalId}`
    const standing = new Map(documents.map((one) => [nameOf(one), one.amount]))
    const asked = new Set(known.map(nameOf))
    return {
      books: {
        system: door.system,
        readAt,
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

type Gathered = Awaited<ReturnType<typeof gather>>

async function gather(tx: Tx, currency: string, books: BooksNow | undefined) {
  const [psa, payments, accounting] = [
    await loadConnection(tx, 'psa'),
    await loadConnection(tx, 'payments'),
    await loadConnection(tx, 'accounting'),
  ]
  const invoices = await readInvoiceSides(tx, currency, [...(books?.invoices.keys() ?? [])], psa?.id)
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
    payouts: await readPayoutSides(tx, currency, accounting?.id),
    clearing: await readClearingSides(tx, currency),
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
  { psa, payments, invoices, effects, payouts, clearing }: Gathered,
  currency: string,
  stripeMinor: bigint | undefined,
  books: BooksNow | undefined,
  unasked: TieOutFigures['unasked'],
): TieOutFigures {
  const label = (connection: Connection) => ({ id: connection.id, label: connection.accountName })
  const all = [
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
  return {
    currency,
    comparisons: all.map(({ comparison }) => comparison),
    differences: all.flatMap(({ differences }) => differences),
    unasked,
  }
}

async function keep(tx: Tx, figures: TieOutFigures): Promise<TieOut> {
  const id = newId()
  const at = now()
  const gap = totalGap(figures)
  await tx.run(sql`
    insert into tie_outs (tenant_id, id, at, figures, gap_minor) values (${tx.tenantId}, ${id}, ${at}, ${json(figures)}, ${gap.minor})`)
  await tell(tx, figures)
  log.info(
    { tenantId: tx.tenantId, gapMinor: gap.minor.toString(), differences: figures.differences.length },
    'tie_out.done',
  )
  return { id, at, gap, ...figures }
}

/** One exception per invoice or payout, the largest first; those that tie out by now are closed. */
async function tell(tx: Tx, { differences, unasked, currency }: TieOutFigures): Promise<void> {
  const bySubject = Map.groupBy(differences, ({ subject }) => subject.id)
  const worst = [...bySubject.values()]
    .map((all) => ({ all, size: all.reduce((most, one) => (size(one) > most ? size(one) : most), 0n) }))
    .sort((a, b) => Number(b.size - a.size))
    .slice(0, EXCEPTIONS_MAX)
  for (const { all, size: minor } of worst) {
    const [first] = all
    if (first === undefined) continue
    await raise(tx, {
      cause: 'tie-out-gap',
      subject: { kind: first.subject.kind, id: first.subject.id },
      ...(first.clientId === undefined ? {} : { clientId: first.clientId }),
      amount: money(minor, currency),
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

function size({ gap }: Difference): bigint {
  return gap.minor < 0n ? -gap.minor : gap.minor
}
