import type { OutsideBooks } from './outside-books'
import type { Invariant, Violation } from './violation'

/** What we believe about the outside, as it is compared with what the outside says. */
export type OurBooks = {
  /** Payments of the journal. */
  payments: { attemptId: string; chargeId: string | null; amountMinor: bigint; currency: string }[]
  clearing: { currency: string; minor: bigint }[]
  /** Invoices of the connected PSA. `settled`: nothing is waiting to be written there, so both must agree. */
  invoices: { externalId: string; balanceMinor: bigint; settled: boolean }[]
  /** Payment rows that stand in the PSA because of us. */
  writeBacks: { invoiceExternalId: string; externalId: string; amountMinor: bigint }[]
  /** Payment rows that came in from the PSA. */
  recorded: { externalId: string }[]
  postings: { id: string; externalKind: string; externalId: string; amountMinor: bigint }[]
}

/** Compares both; a part of the outside that was not asked is not compared. */
export function compareOutside(ours: OurBooks, outside: OutsideBooks): Violation[] {
  return [
    ...(outside.charges === undefined ? [] : compareCharges(ours.payments, outside.charges)),
    ...(outside.unpaid === undefined ? [] : compareClearing(ours.clearing, outside.unpaid)),
    ...(outside.psaInvoices === undefined ? [] : comparePsa(ours, outside.psaInvoices)),
    ...(outside.documents === undefined ? [] : compareDocuments(ours.postings, outside.documents)),
  ]
}

function compareCharges(payments: OurBooks['payments'], charges: NonNullable<OutsideBooks['charges']>): Violation[] {
  const found: Violation[] = []
  const byCharge = new Map(payments.map((payment) => [payment.chargeId, payment]))
  const chargedOnce = new Map<string, string>()
  for (const { chargeId, attemptId, amountMinor, currency } of charges) {
    const payment = byCharge.get(chargeId)
    if (payment === undefined) {
      found.push(
        violation(
          'I1',
          'charge',
          chargeId,
          'Stripe took money that the journal does not know',
          `${amountMinor} ${currency}`,
          'nothing',
        ),
      )
    } else if (payment.amountMinor !== amountMinor || payment.currency !== currency) {
      found.push(
        violation(
          'I1',
          'charge',
          chargeId,
          'Stripe took another sum than the journal says',
          `${amountMinor} ${currency}`,
          `${payment.amountMinor} ${payment.currency}`,
        ),
      )
    }
    if (attemptId === undefined) continue
    const before = chargedOnce.get(attemptId)
    if (before !== undefined && before !== chargeId)
      found.push(
        violation('I2', 'attempt', attemptId, 'Stripe charged this attempt twice', before, `${before} and ${chargeId}`),
      )
    chargedOnce.set(attemptId, chargeId)
  }
  const known = new Set(charges.map(({ chargeId }) => chargeId))
  for (const { attemptId, chargeId, amountMinor, currency } of payments) {
    if (chargeId === null || !known.has(chargeId))
      found.push(
        violation(
          'I1',
          'attempt',
          attemptId,
          'The journal has a payment that Stripe never took',
          'a charge',
          `${amountMinor} ${currency} in the journal`,
        ),
      )
  }
  return found
}

function compareClearing(ours: OurBooks['clearing'], theirs: NonNullable<OutsideBooks['unpaid']>): Violation[] {
  const currencies = new Set([...ours, ...theirs].map(({ currency }) => currency))
  return [...currencies].flatMap((currency) => {
    const [mine, stripe] = [ours, theirs].map((side) => side.find((one) => one.currency === currency)?.minor ?? 0n)
    return mine === stripe
      ? []
      : [
          violation(
            'I5',
            'account',
            `clearing ${currency}`,
            'The clearing account is not what Stripe still owes',
            String(stripe),
            String(mine),
          ),
        ]
  })
}

function comparePsa(ours: OurBooks, theirs: NonNullable<OutsideBooks['psaInvoices']>): Violation[] {
  const found: Violation[] = []
  const balances = new Map(ours.invoices.map((invoice) => [invoice.externalId, invoice]))
  const rows = new Map<string, { invoiceId: string; amountMinor: bigint }[]>()
  const known = new Set([...ours.recorded, ...ours.writeBacks].map(({ externalId }) => externalId))
  for (const invoice of theirs) {
    const mine = balances.get(invoice.externalId)
    if (mine?.settled && mine.balanceMinor !== invoice.balanceMinor)
      found.push(
        violation(
          'I4',
          'invoice',
          invoice.externalId,
          'The PSA says another balance',
          String(invoice.balanceMinor),
          String(mine.balanceMinor),
        ),
      )
    for (const { externalId, amountMinor } of invoice.payments) {
      rows.set(externalId, [...(rows.get(externalId) ?? []), { invoiceId: invoice.externalId, amountMinor }])
      if (mine?.settled && !known.has(externalId))
        found.push(
          violation(
            'I8',
            'psa_payment',
            externalId,
            'The PSA has a payment that we neither wrote nor read',
            'a payment we know',
            String(amountMinor),
          ),
        )
    }
  }
  for (const { externalId, invoiceExternalId, amountMinor } of ours.writeBacks) {
    const there = (rows.get(externalId) ?? []).filter(({ invoiceId }) => invoiceId === invoiceExternalId)
    if (there.length !== 1 || there[0]?.amountMinor !== amountMinor)
      found.push(
        violation(
          'I8',
          'psa_payment',
          externalId,
          'A payment we wrote does not stand in the PSA once',
          `1 of ${amountMinor}`,
          there.length === 1 ? `1 of ${there[0]?.amountMinor}` : String(there.length),
        ),
      )
  }
  return found
}

function compareDocuments(
  postings: OurBooks['postings'],
  documents: NonNullable<OutsideBooks['documents']>,
): Violation[] {
  const nameOf = (one: { externalKind: string; externalId: string }) => `${one.externalKind} ${one.externalId}`
  const there = new Map(documents.map((document) => [nameOf(document), document]))
  const ours = new Set(postings.map(nameOf))
  return [
    ...postings.flatMap((posting) => {
      const document = there.get(nameOf(posting))
      return document?.amountMinor === posting.amountMinor
        ? []
        : [
            violation(
              'I8',
              'posting',
              posting.id,
              'What we posted does not stand in the books as we posted it',
              String(posting.amountMinor),
              document === undefined ? 'nothing' : String(document.amountMinor),
            ),
          ]
    }),
    ...documents
      .filter((document) => !ours.has(nameOf(document)))
      .map((document) =>
        violation(
          'I8',
          'document',
          nameOf(document),
          'The books have a document in our name that we do not know',
          'nothing',
          String(document.amountMinor),
        ),
      ),
  ]
}

function violation(
  invariant: Invariant,
  kind: string,
  id: string,
  says: string,
  expected: string,
  actual: string,
): Violation {
  return { invariant, row: { kind, id }, says, expected, actual }
}
