import type { PostingDocument } from '@/lib/connectors/contract'
import { depositDocument } from '@/lib/settlement/deposit-document'
import { referenceOf } from '@/lib/settlement/posting'
import { type Heading, journalDocument, paymentDocument } from '@/lib/settlement/posting-document'
import type { PostingFacts } from '@/lib/settlement/posting-facts'
import type { Resolved } from './resolve-books'

export type Built =
  | { do: 'post'; document: PostingDocument }
  | { do: 'wait'; for: string }
  | { do: 'refuse'; because: string }

/** What must be in the books before this posting can be, as far as our own records tell. */
export function holdingBack({ posting, payments, takenBackBy, unpostedReopenings }: PostingFacts): string | undefined {
  if (unpostedReopenings > 0) return 'what opened its invoice again before is not posted yet'
  if (posting.kind === 'payment' || posting.kind === 'surcharge' || posting.kind === 'deposit') return undefined
  if (takenBackBy !== undefined && takenBackBy.state !== 'posted') return 'the refund is not posted yet'
  return payments.some(({ state }) => state !== 'posted') ? 'the payment is not posted yet' : undefined
}

/** What a document is looked up by, known before anything is looked up in the books. */
export function handleOf({ posting }: PostingFacts): Pick<PostingDocument, 'kind' | 'reference' | 'on' | 'currency'> {
  const { kind, id, bookedOn: on, currency, amountMinor } = posting
  // A payout of nothing or less is a journal entry from the bank.
  const isDeposit = kind === 'deposit' && amountMinor > 0n
  return {
    kind: kind === 'payment' ? 'payment' : isDeposit ? 'deposit' : 'journal',
    reference: referenceOf(id),
    on,
    currency,
  }
}

/** The document of a posting, from the journal's lines and what was found in the books. */
export function buildDocument(facts: PostingFacts, resolved: Resolved): Built {
  const { posting, lines, payout } = facts
  const heading: Heading = {
    reference: referenceOf(posting.id),
    on: posting.bookedOn,
    currency: posting.currency,
    note: noteOf(facts),
  }
  switch (posting.kind) {
    case 'payment': {
      const customerExternalId = [...resolved.customers.values()][0]
      if (customerExternalId === undefined) return { do: 'refuse', because: 'It is not known which customer paid.' }
      const books = { customerExternalId, invoices: resolved.invoices, method: facts.method }
      return { do: 'post', document: paymentDocument(heading, lines, books) }
    }
    case 'deposit':
      return payout === undefined
        ? { do: 'refuse', because: 'Its payout is not known here.' }
        : depositDocument(heading, payout.amountMinor, payout.rows)
    case 'surcharge':
    case 'refund':
    case 'return':
    case 'dispute':
    case 'reversal':
      return { do: 'post', document: journalOf(facts, resolved, heading) }
  }
}

function journalOf({ lines, payments, takenBackBy }: PostingFacts, resolved: Resolved, heading: Heading) {
  return journalDocument(heading, lines, {
    customers: resolved.customers,
    payments: new Map(
      payments.flatMap(({ attemptId, externalId }) => (externalId === null ? [] : [[attemptId, externalId]])),
    ),
    invoices: new Map([...resolved.invoices].map(([id, { externalId }]) => [id, externalId])),
    ...(takenBackBy?.externalId ? { takenBackBy: takenBackBy.externalId } : {}),
    description: heading.note,
  })
}

/** What a bookkeeper reads on the document. */
function noteOf({ posting, clients, invoices, method, paymentIntentId, payout }: PostingFacts): string {
  if (payout !== undefined) return `Stripe payout ${payout.payoutId}`
  const whose = [clients.map(({ name }) => name).join(', '), invoices.map(({ number }) => number).join(', ')]
  const how = posting.kind === 'payment' ? [method, paymentIntentId ?? ''] : []
  return [wordsOf(posting.causeKind), ...whose, ...how].filter((part) => part !== '').join(' · ')
}

function wordsOf(cause: PostingFacts['posting']['causeKind']): string {
  switch (cause) {
    case 'payment.succeeded':
      return 'Payment'
    case 'refund.succeeded':
      return 'Refund'
    case 'refund.reversed':
      return 'Refund that could not be delivered'
    case 'payment.returned':
      return 'Returned by the bank'
    case 'dispute.opened':
      return 'Disputed'
    case 'dispute.won':
      return 'Dispute won'
    case 'dispute.lost':
      return 'Dispute lost'
    case 'payout.paid':
      return 'Stripe payout'
    case 'payout.failed':
      return 'Payout that came back'
  }
}
