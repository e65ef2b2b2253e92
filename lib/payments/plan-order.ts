import type { PlainDate } from '@/lib/base/clock'

/** An invoice somebody may pay, in minor units of the order’s one currency. */
export type Payable = {
  invoiceId: string
  number: string
  dueOn: PlainDate
  /** What is open less what is on hold. */
  payableMinor: bigint
}

/** What the MSP allows. */
export type PayRules = {
  /** Less than what is owed: not at all, or from the greater of the two minimums on. */
  partial: { minimumMinor: bigint; minimumBasisPoints: number } | undefined
  /** Whether more than what is owed may be paid, to be kept as credit. */
  keepsMore: boolean
  /** The least a charge may be; credit leaves at least that much to charge, or nothing. */
  chargeMinimumMinor: bigint
}

/** What is to be paid: so much on each, or one sum that pays the oldest first. */
export type Wanted = { by: 'invoice'; amounts: ReadonlyMap<string, bigint> } | { by: 'sum'; minor: bigint }

/** What is paid on one invoice; `creditMinor` of it with the client’s credit. */
export type Share = { invoiceId: string; minor: bigint; creditMinor: bigint; leftMinor: bigint }

export type OrderPlan = {
  /** Oldest first. */
  shares: Share[]
  invoicesMinor: bigint
  creditMinor: bigint
  /** Beyond the invoices: the client’s credit afterwards. */
  keptMinor: bigint
  /** invoices − credit + kept */
  chargeMinor: bigint
}

/** Why an order cannot be placed as it is. `minor` is the sum that would do. */
export type Complaint =
  | { because: 'nothing' }
  | { because: 'more-than-owed'; invoiceId?: string; minor: bigint }
  | { because: 'not-in-part'; invoiceId: string; minor: bigint }
  | { because: 'below-minimum'; invoiceId: string; minor: bigint }
  | { because: 'too-small'; minor: bigint }

export type Planned = { ok: true; plan: OrderPlan } | { ok: false; complaint: Complaint }

/**
 * Splits what somebody wants to pay over what is owed. The same rule shows the figures on the page and checks them on
 * the server: shares and what is kept add up to charge and credit, to the cent, and no share exceeds what is payable.
 */
export function planOrder(payables: readonly Payable[], wanted: Wanted, creditMinor: bigint, rules: PayRules): Planned {
  if (wanted.by === 'sum' && wanted.minor < rules.chargeMinimumMinor)
    return refuse(
      wanted.minor > 0n ? { because: 'too-small', minor: rules.chargeMinimumMinor } : { because: 'nothing' },
    )
  const oldest = oldestFirst(payables)
  const owed = total(oldest.map(({ payableMinor }) => payableMinor))
  const spent =
    wanted.by === 'sum' ? fill(oldest, wanted.minor + usable(creditMinor, owed, rules)) : take(oldest, wanted.amounts)
  const over =
    wanted.by === 'sum' ? undefined : oldest.find((one) => (spent.get(one.invoiceId) ?? 0n) > one.payableMinor)
  // More on one invoice than it owes is a slip; more than all that is chosen may be meant.
  if (over !== undefined && !(rules.keepsMore && oldest.length === 1))
    return refuse({ because: 'more-than-owed', invoiceId: over.invoiceId, minor: over.payableMinor })
  const shares = oldest.flatMap(({ invoiceId, payableMinor }) => {
    const minor = least(spent.get(invoiceId) ?? 0n, payableMinor)
    return minor > 0n ? [{ invoiceId, payableMinor, minor }] : []
  })
  const invoicesMinor = total(shares.map(({ minor }) => minor))
  if (invoicesMinor === 0n) return refuse({ because: 'nothing' })
  const credit = usable(creditMinor, invoicesMinor, rules)
  const keptMinor =
    wanted.by === 'sum'
      ? greatest(wanted.minor - (invoicesMinor - credit), 0n)
      : total([...spent.values()]) - invoicesMinor
  if (keptMinor > 0n && !rules.keepsMore) return refuse({ because: 'more-than-owed', minor: invoicesMinor - credit })
  const chargeMinor = invoicesMinor - credit + keptMinor
  if (chargeMinor > 0n && chargeMinor < rules.chargeMinimumMinor)
    return refuse({ because: 'too-small', minor: rules.chargeMinimumMinor })
  const wrong = shares.map((share) => complaintAbout(share, rules)).find((one) => one !== undefined)
  if (wrong !== undefined) return refuse(wrong)
  return {
    ok: true,
    plan: { shares: withCredit(shares, credit), invoicesMinor, creditMinor: credit, keptMinor, chargeMinor },
  }
}

/** By due date, then by number as people count, then by id: the same for everybody who asks. */
export function oldestFirst<One extends Pick<Payable, 'dueOn' | 'number' | 'invoiceId'>>(
  payables: readonly One[],
): One[] {
  return [...payables].sort(
    (a, b) =>
      compare(a.dueOn, b.dueOn) ||
      a.number.localeCompare(b.number, 'en', { numeric: true }) ||
      compare(a.invoiceId, b.invoiceId),
  )
}

/** The least that may be paid in part on an invoice; what it owes where that is less. */
export function minimumOf(payableMinor: bigint, partial: NonNullable<PayRules['partial']>): bigint {
  const share = (payableMinor * BigInt(partial.minimumBasisPoints) + 9_999n) / 10_000n
  return least(payableMinor, greatest(greatest(share, partial.minimumMinor), 1n))
}

function complaintAbout(
  { invoiceId, minor, payableMinor }: { invoiceId: string; minor: bigint; payableMinor: bigint },
  { partial }: PayRules,
): Complaint | undefined {
  if (minor >= payableMinor) return undefined
  if (partial === undefined) return { because: 'not-in-part', invoiceId, minor: payableMinor }
  const minimum = minimumOf(payableMinor, partial)
  return minor < minimum ? { because: 'below-minimum', invoiceId, minor: minimum } : undefined
}

/** Credit goes first, but never leaves a charge too small to be made. */
function usable(creditMinor: bigint, invoicesMinor: bigint, { chargeMinimumMinor }: PayRules): bigint {
  const most = least(greatest(creditMinor, 0n), invoicesMinor)
  const rest = invoicesMinor - most
  return rest === 0n || rest >= chargeMinimumMinor ? most : greatest(invoicesMinor - chargeMinimumMinor, 0n)
}

function take(payables: readonly Payable[], amounts: ReadonlyMap<string, bigint>): Map<string, bigint> {
  return new Map(payables.map(({ invoiceId }) => [invoiceId, greatest(amounts.get(invoiceId) ?? 0n, 0n)]))
}

function fill(payables: readonly Payable[], minor: bigint): Map<string, bigint> {
  let left = greatest(minor, 0n)
  return new Map(
    payables.map(({ invoiceId, payableMinor }) => {
      const taken = least(left, payableMinor)
      left -= taken
      return [invoiceId, taken]
    }),
  )
}

function withCredit(shares: { invoiceId: string; minor: bigint; payableMinor: bigint }[], credit: bigint): Share[] {
  let left = credit
  return shares.map(({ invoiceId, minor, payableMinor }) => {
    const creditMinor = least(left, minor)
    left -= creditMinor
    return { invoiceId, minor, creditMinor, leftMinor: payableMinor - minor }
  })
}

function refuse(complaint: Complaint): Planned {
  return { ok: false, complaint }
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, minor) => sum + minor, 0n)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
