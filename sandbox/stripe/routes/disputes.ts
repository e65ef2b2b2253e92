import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, missing } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { flag, ignored, metadata, oneOf, shape, text, word } from '../api/params.ts'
import { pageFields, timeFilter } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import type { Dispute } from '../objects/charge.ts'
import { mergeMetadata } from '../objects/common.ts'
import { closeDispute, evidenceNames } from '../payments/disputes.ts'
import type { Scope } from '../state/state.ts'

const evidence = shape({
  ...Object.fromEntries(evidenceNames.map((name) => [name, text])),
  appeal: ignored,
  enhanced_evidence: ignored,
})

export const disputeEndpoints = [
  endpoint(
    'GET',
    '/v1/disputes',
    shape({ ...pageFields, created: timeFilter, charge: word, payment_intent: word }),
    ({ scope, params }) => {
      const { disputes } = scope.account
      return page(disputes, params, {
        url: '/v1/disputes',
        kind: 'dispute',
        ...(params.charge !== undefined
          ? { members: disputes.group(0, params.charge) }
          : params.payment_intent !== undefined && { members: disputes.group(1, params.payment_intent) }),
        keep: ({ created }) => within(params.created, created),
      })
    },
  ),

  endpoint('GET', '/v1/disputes/:id', nothing, ({ scope, ids }) => disputeAt(scope, ids)),

  endpoint(
    'POST',
    '/v1/disputes/:id',
    shape({
      evidence,
      intended_submission_method: oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
      metadata,
      submit: flag,
    }),
    ({ scope, ids, params }) => {
      const dispute = disputeAt(scope, ids)
      requireOpen(dispute)
      const previous = {
        evidence: dispute.evidence,
        evidence_details: dispute.evidence_details,
        status: dispute.status,
      }
      if (params.metadata !== undefined) dispute.metadata = mergeMetadata(dispute.metadata, params.metadata)
      dispute.intended_submission_method = params.intended_submission_method ?? dispute.intended_submission_method
      if (params.evidence !== undefined) {
        dispute.evidence = { ...dispute.evidence, ...textsOf(params.evidence) }
        dispute.evidence_details = { ...dispute.evidence_details, has_evidence: true }
      }
      // Evidence is submitted unless it is to be staged; staged evidence goes with the next `submit: true`.
      if (params.submit ?? params.evidence !== undefined) submit(dispute)
      emit(scope, 'charge.dispute.updated', dispute, previous)
      scheduleVerdict({ ...scope, cause: null }, dispute)
      return dispute
    },
  ),

  endpoint('POST', '/v1/disputes/:id/close', nothing, ({ scope, ids }) => {
    const dispute = disputeAt(scope, ids)
    requireOpen(dispute)
    closeDispute(scope, dispute, dispute.status.startsWith('warning_') ? 'warning_closed' : 'lost')
    return dispute
  }),
]

function disputeAt({ account }: Scope, ids: readonly string[]): Dispute {
  const dispute = account.disputes.get(idOf(ids))
  if (dispute === undefined) throw missing('dispute', idOf(ids), 'dispute')
  return dispute
}

function requireOpen(dispute: Dispute): void {
  if (dispute.status === 'needs_response' || dispute.status === 'warning_needs_response') return
  throw invalid(`This dispute is already closed or has been submitted (${dispute.status}).`)
}

function submit(dispute: Dispute): void {
  dispute.status = dispute.status === 'needs_response' ? 'under_review' : 'warning_under_review'
  dispute.evidence_details = {
    ...dispute.evidence_details,
    submission_count: dispute.evidence_details.submission_count + 1,
    submission_method: 'manual',
  }
}

/** Two words decide a test dispute; any other evidence stays under review. */
function scheduleVerdict(scope: Scope, dispute: Dispute): void {
  if (dispute.status !== 'under_review' && dispute.status !== 'warning_under_review') return
  const text = dispute.evidence.uncategorized_text
  if (text !== 'winning_evidence' && text !== 'losing_evidence') return
  const soon = new Date(scope.state.clock.now().getTime() + 1000)
  const verdict = text === 'winning_evidence' ? ('won' as const) : ('lost' as const)
  scope.state.agenda.at(soon, 'Card network: a dispute is decided', () => {
    closeDispute(scope, dispute, dispute.status === 'warning_under_review' ? 'warning_closed' : verdict)
  })
}

function textsOf(evidence: object): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(evidence).filter(
      (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string',
    ),
  )
}
