import { instantOf } from '../../bank/calendar.ts'
import { addDays } from '../../bank/weekdays.ts'
import { emit } from '../events/emit.ts'
import { book } from '../money/book.ts'
import { disputeFee, stripeFee } from '../money/fees.ts'
import type { Charge, Dispute, DisputeStatus } from '../objects/charge.ts'
import { newId, type Scope, today } from '../state/state.ts'
import type { TestCard } from '../testdata/cards.ts'

const answerWithinDays = 9
const fraudWarningCode = 'made_with_stolen_card'

type DisputeCase = {
  reason: string
  amount?: number
  /** The issuer only asks; no money moves. */
  inquiry?: boolean
  /** A returned bank debit: lost from the start, there is no appeal. */
  final?: boolean
}

/** Opens a dispute and, unless the issuer only asks, takes the money and the fee out of the balance. */
export function openDispute(scope: Scope, charge: Charge, what: DisputeCase): Dispute {
  const { account } = scope
  const dispute = account.disputes.add(newDispute(scope, charge, what))
  charge.disputed = true
  emit(scope, 'charge.dispute.created', dispute)
  if (what.inquiry !== true) {
    move(scope, dispute, -dispute.amount, disputeFee)
    emit(scope, 'charge.dispute.funds_withdrawn', dispute)
  }
  if (what.final === true) closeDispute(scope, dispute, 'lost')
  emit(scope, 'charge.updated', charge, { disputed: false })
  return dispute
}

/** Ends a dispute. Won, the amount comes back; the fee stays with Stripe. */
export function closeDispute(scope: Scope, dispute: Dispute, status: 'won' | 'lost' | 'warning_closed'): void {
  dispute.status = status
  dispute.is_charge_refundable = status !== 'lost'
  if (status === 'won') {
    move(scope, dispute, dispute.amount, 0)
    emit(scope, 'charge.dispute.funds_reinstated', dispute)
  }
  emit(scope, 'charge.dispute.closed', dispute)
}

/** What the test cards that end in a dispute or a fraud warning set off. */
export function openTestDispute(scope: Scope, charge: Charge, card: TestCard): void {
  const byItself = { ...scope, cause: null }
  const soon = new Date(scope.state.clock.now().getTime() + 1000)
  const { dispute } = card
  if (dispute !== undefined) {
    const inquiry = dispute === 'inquiry'
    scope.state.agenda.at(soon, 'Card network: a payer disputes', () => {
      openDispute(byItself, charge, { reason: inquiry ? 'general' : dispute, inquiry })
    })
  }
  if (card.earlyFraudWarning === true) {
    emit(scope, 'radar.early_fraud_warning.created', {
      id: newId(scope.state, 'issfr'),
      object: 'radar.early_fraud_warning',
      actionable: true,
      charge: charge.id,
      created: scope.state.clock.seconds(),
      fraud_type: fraudWarningCode,
      livemode: false,
      payment_intent: charge.payment_intent,
    })
  }
}

function move(scope: Scope, dispute: Dispute, amount: number, fee: number): void {
  const isReversal = amount > 0
  const transaction = book(scope, {
    amount,
    currency: dispute.currency,
    type: 'adjustment',
    reportingCategory: isReversal ? 'dispute_reversal' : 'dispute',
    source: dispute.id,
    description: `${isReversal ? 'Chargeback reversal' : 'Chargeback withdrawal'} for ${dispute.charge}`,
    fees: fee === 0 ? [] : [stripeFee(fee, dispute.currency, 'Dispute fee')],
    origin: dispute.charge.startsWith('py_') ? 'bank_account' : 'card',
  })
  dispute.balance_transactions.push(transaction)
}

function newDispute({ state }: Scope, charge: Charge, what: DisputeCase): Dispute {
  const isCard = charge.payment_method_details.type === 'card'
  const status: DisputeStatus = what.inquiry === true ? 'warning_needs_response' : 'needs_response'
  const dueBy = instantOf(addDays(today(state), answerWithinDays), 24).getTime() / 1000 - 1
  return {
    id: newId(state, 'dp'),
    object: 'dispute',
    amount: what.amount ?? charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: state.clock.seconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: emptyEvidence(),
    evidence_details: {
      due_by: what.final === true ? null : dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: what.inquiry === true,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(isCard && {
      payment_method_details: {
        card: {
          brand: 'visa',
          case_type: what.inquiry === true ? 'inquiry' : 'chargeback',
          network: 'visa',
          network_reason_code: what.reason === 'fraudulent' ? '10.4' : '13.1',
        },
        type: 'card',
      },
    }),
    reason: what.reason,
    status: what.final === true ? 'lost' : status,
  }
}

/** Names of the texts and files a dispute can be answered with. */
// biome-ignore format: a list reads better in rows
export const evidenceNames = [
  'access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_policy_disclosure',
  'cancellation_rebuttal', 'customer_communication', 'customer_email_address', 'customer_name',
  'customer_purchase_ip', 'customer_signature', 'duplicate_charge_documentation', 'duplicate_charge_explanation',
  'duplicate_charge_id', 'product_description', 'receipt', 'refund_policy', 'refund_policy_disclosure',
  'refund_refusal_explanation', 'service_date', 'service_documentation', 'shipping_address', 'shipping_carrier',
  'shipping_date', 'shipping_documentation', 'shipping_tracking_number', 'uncategorized_file', 'uncategorized_text',
] as const

function emptyEvidence(): Dispute['evidence'] {
  return { ...Object.fromEntries(evidenceNames.map((name) => [name, null])), enhanced_evidence: {} }
}
