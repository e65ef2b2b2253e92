import type { PlainDate } from '@/lib/base/clock'
import { newId } from '@/lib/base/ids'
import type { Entry, Movement } from '@/lib/ledger/entry'
import { type Money, money } from '@/lib/money/money'

/** A payment row of the PSA as we hold it. Rows of our own write-backs carry their attempt and never move money here. */
export type RecordedRow = {
  id: string
  externalId: string
  amountMinor: bigint
  paidOn: PlainDate
  isCredit: boolean
  isOurs: boolean
  isGone: boolean
  /** Written or removed by us after the snapshot was read: the snapshot knows nothing of it. */
  isFresher: boolean
}

/** An invoice as the journal has it. */
export type Mirrored = {
  id: string
  clientId: string
  kind: 'invoice' | 'credit_memo'
  state: 'open' | 'void'
  totalMinor: bigint
  settledMinor: bigint
  /** What was paid on it beyond its total and stands as the client's credit, ready to be taken back. */
  parkedMinor: bigint
  recorded: RecordedRow[]
}

/** An invoice as the PSA has it now. */
export type Snapshot = {
  id: string
  version: number
  clientId: string
  kind: 'invoice' | 'credit_memo'
  currency: string
  issuedOn: PlainDate
  totalMinor: bigint
  payments: { externalId: string; amount: Money; paidOn: PlainDate; creditInvoiceId?: string }[]
  /** Payments we are about to recognise as our own write-back: left alone until that is decided. */
  unfinished: { amountMinor: bigint; paidOn: PlainDate }[]
}

export type NewRow = {
  id: string
  externalId: string
  invoiceId: string
  amount: Money
  paidOn: PlainDate
  creditInvoiceId: string | undefined
}

export type Settlement = {
  /** Entries that take off the invoice: written while the old total still stands. */
  before: Entry[]
  /** Entries that put on it: written once the new total stands. */
  after: Entry[]
  added: NewRow[]
  /** Rows that are there again or with another amount. */
  restated: { id: string; amountMinor: bigint; paidOn: PlainDate }[]
  gone: string[]
  /** Rows of ours that somebody removed in the PSA. */
  lost: string[]
  /** Money that no longer fits the invoice and became the client's credit. */
  excessMinor: bigint
  /** A row was left alone; the invoice must be looked at again. */
  isHeld: boolean
  /** What is settled once all of it is written. */
  settledMinor: bigint
  /** Of an invoice we did not have: when its payments settled the whole of it. */
  settledAt: Date | undefined
}

/**
 * What the journal must say so that the invoice stands as the PSA has it: first what was taken back, then the new total,
 * then what came in. An invoice never takes more than its total; the rest is parked as the client's credit and
 * comes back when the total rises again.
 */
export function settleInvoice(
  mirrored: Mirrored | undefined,
  snapshot: Snapshot,
  at: Date,
  today: PlainDate,
): Settlement {
  const result: Settlement = {
    before: [],
    after: [],
    added: [],
    restated: [],
    gone: [],
    lost: [],
    excessMinor: 0n,
    isHeld: false,
    settledMinor: 0n,
    settledAt: undefined,
  }
  const { currency, clientId, id: invoiceId } = snapshot
  const was = mirrored ?? { ...nothing(snapshot), state: 'void' as const }
  const rows = new Map(was.recorded.map((row) => [row.externalId, row]))
  const paid = new Map(snapshot.payments.map((payment) => [payment.externalId, payment]))
  let settled = was.settledMinor
  let parked = was.parkedMinor
  let paidLast: PlainDate | undefined
  const move = (debit: Movement['debit'], credit: Movement['credit'], minor: bigint, client = clientId): Movement => ({
    debit,
    credit,
    amount: money(minor, currency),
    clientId: client,
    invoiceId,
  })

  const takeBack = (row: RecordedRow): void => {
    const fromParked = least(parked, row.amountMinor)
    const fromInvoice = least(settled, row.amountMinor - fromParked)
    const fromCredit = row.amountMinor - fromInvoice
    parked -= fromParked
    settled -= fromInvoice
    // A credit memo's amount was the client's credit before it was applied; what was not applied never left it.
    const movements = row.isCredit
      ? [move('receivable', 'unapplied', fromInvoice, was.clientId)]
      : [move('receivable', 'bank', fromInvoice, was.clientId), move('unapplied', 'bank', fromCredit, was.clientId)]
    result.before.push({
      cause: { kind: 'recorded.removed', id: `${row.id}:${newId()}` },
      happenedAt: at,
      bookedOn: today,
      movements,
    })
  }
  const takeIn = (causeId: string, amountMinor: bigint, paidOn: PlainDate, isCredit: boolean): void => {
    const onto = least(snapshot.totalMinor - settled, amountMinor)
    const rest = amountMinor - onto
    settled += onto
    if (onto > 0n && (paidLast === undefined || paidOn > paidLast)) paidLast = paidOn
    parked += rest
    result.excessMinor += rest
    const movements = isCredit
      ? [move('unapplied', 'receivable', onto)]
      : [move('bank', 'receivable', onto), move('bank', 'unapplied', rest)]
    result.after.push({
      cause: { kind: 'recorded.paid', id: causeId },
      happenedAt: noonOf(paidOn),
      bookedOn: paidOn,
      movements,
    })
  }

  for (const row of was.recorded) {
    const now = paid.get(row.externalId)
    if (row.isFresher) {
      // The snapshot is older than what we know: what it says of this row must not count as read.
      if (row.isGone ? now !== undefined : now?.amount.minor !== row.amountMinor) result.isHeld = true
      continue
    }
    if (row.isGone) continue
    if (row.isOurs) {
      if (now === undefined) result.lost.push(row.id)
    } else if (now === undefined) {
      takeBack(row)
      result.gone.push(row.id)
    } else if (now.amount.minor !== row.amountMinor) takeBack(row)
  }

  if (was.clientId !== clientId) parked = 0n // it is the other client's credit, and stays so
  const isRise = was.state === 'void' || snapshot.totalMinor >= was.totalMinor
  const changed: Movement[] = []
  if (snapshot.kind === 'credit_memo') {
    changed.push(...memoMovements(was, snapshot, move))
  } else {
    const open = (total: bigint) => total - settled
    if (was.state === 'void') changed.push(move('receivable', 'billed', snapshot.totalMinor))
    else if (was.clientId !== clientId) {
      // What is still open moves to the other client; what was paid stays paid.
      changed.push(...signed(move, 'billed', 'receivable', open(was.totalMinor), was.clientId))
      changed.push(...signed(move, 'receivable', 'billed', open(snapshot.totalMinor)))
    } else changed.push(...signed(move, 'receivable', 'billed', snapshot.totalMinor - was.totalMinor))
    if (settled > snapshot.totalMinor) {
      const excess = settled - snapshot.totalMinor
      changed.push(move('receivable', 'unapplied', excess))
      settled -= excess
      parked += excess
      result.excessMinor += excess
    } else if (parked > 0n) {
      const back = least(parked, snapshot.totalMinor - settled)
      changed.push(move('unapplied', 'receivable', back))
      settled += back
      parked -= back
    }
  }
  const entry: Entry =
    mirrored === undefined
      ? {
          cause: { kind: 'invoice.mirrored', id: invoiceId },
          happenedAt: noonOf(snapshot.issuedOn),
          bookedOn: snapshot.issuedOn,
          movements: changed,
        }
      : {
          cause: { kind: 'invoice.changed', id: `${invoiceId}:${snapshot.version}` },
          happenedAt: at,
          bookedOn: today,
          movements: changed,
        }
  if (changed.some(({ amount }) => amount.minor !== 0n)) (isRise ? result.after : result.before).push(entry)

  for (const payment of snapshot.payments) {
    const { externalId, amount, paidOn, creditInvoiceId } = payment
    const row = rows.get(externalId)
    if (row === undefined) {
      const isClaimed = snapshot.unfinished.some((one) => one.amountMinor === amount.minor && one.paidOn === paidOn)
      if (isClaimed && creditInvoiceId === undefined) {
        result.isHeld = true
        continue
      }
      const id = newId()
      result.added.push({ id, externalId, invoiceId, amount, paidOn, creditInvoiceId })
      takeIn(id, amount.minor, paidOn, creditInvoiceId !== undefined)
    } else if (!row.isFresher && (row.isGone || (!row.isOurs && row.amountMinor !== amount.minor))) {
      result.restated.push({ id: row.id, amountMinor: amount.minor, paidOn })
      if (!row.isOurs) takeIn(`${row.id}:${newId()}`, amount.minor, paidOn, row.isCredit)
    }
  }
  result.settledMinor = settled
  if (mirrored === undefined && paidLast !== undefined && settled >= snapshot.totalMinor)
    result.settledAt = noonOf(paidLast)
  return result
}

/** An invoice that is no more: what it asked for is taken back, what was paid on it becomes the client's credit. */
export function voidInvoice(
  mirrored: Mirrored & { currency: string; version: number },
  at: Date,
  today: PlainDate,
): Entry {
  const { id, clientId, currency, totalMinor, settledMinor, version } = mirrored
  const move = (debit: Movement['debit'], credit: Movement['credit'], minor: bigint): Movement => ({
    debit,
    credit,
    amount: money(minor, currency),
    clientId,
    invoiceId: id,
  })
  const movements =
    mirrored.kind === 'credit_memo'
      ? [move('unapplied', 'billed', totalMinor)]
      : [move('billed', 'receivable', totalMinor), move('receivable', 'unapplied', settledMinor)]
  return { cause: { kind: 'invoice.voided', id: `${id}:${version}` }, happenedAt: at, bookedOn: today, movements }
}

type Move = (debit: Movement['debit'], credit: Movement['credit'], minor: bigint, client?: string) => Movement

function memoMovements(
  was: Pick<Mirrored, 'state' | 'totalMinor' | 'clientId'>,
  now: Snapshot,
  move: Move,
): Movement[] {
  if (was.state === 'void') return [move('billed', 'unapplied', now.totalMinor)]
  if (was.clientId === now.clientId) return signed(move, 'billed', 'unapplied', now.totalMinor - was.totalMinor)
  return [move('unapplied', 'billed', was.totalMinor, was.clientId), move('billed', 'unapplied', now.totalMinor)]
}

/** A movement whose direction depends on the sign of the amount. */
function signed(
  move: Move,
  debit: Movement['debit'],
  credit: Movement['credit'],
  minor: bigint,
  client?: string,
): Movement[] {
  return minor >= 0n ? [move(debit, credit, minor, client)] : [move(credit, debit, -minor, client)]
}

function nothing({ id, clientId, kind }: Snapshot): Omit<Mirrored, 'state'> {
  return { id, clientId, kind, totalMinor: 0n, settledMinor: 0n, parkedMinor: 0n, recorded: [] }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** Noon in UTC is that date in every zone money is billed in. */
function noonOf(date: PlainDate): Date {
  return new Date(`${date}T12:00:00Z`)
}
