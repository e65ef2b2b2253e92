import { endpoint, idOf, nothing } from '../api/call.ts'
import { invalid, malformed, missing, missingReference } from '../api/errors.ts'
import { page, within } from '../api/pages.ts'
import { flag, ignored, integer, metadata, oneOf, shape, text, unsettable, word } from '../api/params.ts'
import { pageFields, shipping, timeFilter } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import type { Charge, Refund } from '../objects/charge.ts'
import { mergeMetadata } from '../objects/common.ts'
import { refundCharge } from '../payments/refunds.ts'
import type { Scope } from '../state/state.ts'

const byPayment = { ...pageFields, created: timeFilter, payment_intent: word }

export const chargeEndpoints = [
  endpoint('GET', '/v1/charges', shape({ ...byPayment, customer: word, transfer_group: word }), ({ scope, params }) => {
    const { charges } = scope.account
    return page(charges, params, {
      url: '/v1/charges',
      kind: 'charge',
      ...(params.payment_intent !== undefined
        ? { members: charges.group(0, params.payment_intent) }
        : params.customer !== undefined && { members: charges.group(1, params.customer) }),
      keep: (charge) => within(params.created, charge.created),
    })
  }),

  endpoint('GET', '/v1/charges/:id', nothing, ({ scope, ids }) => chargeAt(scope, idOf(ids))),

  endpoint(
    'POST',
    '/v1/charges/:id',
    shape({
      customer: word,
      description: text,
      fraud_details: shape({ user_report: unsettable(oneOf('fraudulent', 'safe')) }),
      metadata,
      receipt_email: text,
      shipping: unsettable(shipping),
      transfer_group: word,
    }),
    ({ scope, ids, params }) => {
      const charge = chargeAt(scope, idOf(ids))
      const previous = { description: charge.description, metadata: charge.metadata }
      if (params.description !== undefined) charge.description = params.description
      if (params.receipt_email !== undefined) charge.receipt_email = params.receipt_email
      if (params.fraud_details !== undefined) charge.fraud_details = params.fraud_details
      if (params.metadata !== undefined) charge.metadata = mergeMetadata(charge.metadata, params.metadata)
      emit(scope, 'charge.updated', charge, previous)
      return charge
    },
  ),

  endpoint(
    'POST',
    '/v1/refunds',
    shape({
      amount: integer,
      charge: word,
      currency: ignored,
      customer: word,
      instructions_email: ignored,
      metadata,
      origin: ignored,
      payment_intent: word,
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      refund_application_fee: flag,
      reverse_transfer: flag,
    }),
    ({ scope, params }) => {
      const { amount, reason } = params
      return refundCharge(scope, refundedCharge(scope, params), {
        ...(amount !== undefined && { amount }),
        ...(reason !== undefined && { reason }),
        metadata: mergeMetadata({}, params.metadata ?? null),
      })
    },
  ),

  endpoint('GET', '/v1/refunds', shape({ ...byPayment, charge: word }), ({ scope, params }) => {
    const { refunds } = scope.account
    return page(refunds, params, {
      url: '/v1/refunds',
      kind: 'refund',
      ...(params.charge !== undefined
        ? { members: refunds.group(0, params.charge) }
        : params.payment_intent !== undefined && { members: refunds.group(1, params.payment_intent) }),
      keep: ({ created }) => within(params.created, created),
    })
  }),

  endpoint('GET', '/v1/refunds/:id', nothing, ({ scope, ids }) => refundAt(scope, idOf(ids))),

  endpoint('POST', '/v1/refunds/:id', shape({ metadata }), ({ scope, ids, params }) => {
    const refund = refundAt(scope, idOf(ids))
    const previous = { metadata: refund.metadata }
    if (params.metadata !== undefined) refund.metadata = mergeMetadata(refund.metadata, params.metadata)
    emit(scope, 'refund.updated', refund, previous)
    return refund
  }),
]

function chargeAt({ account }: Scope, id: string): Charge {
  const charge = account.charges.get(id)
  if (charge === undefined) throw missing('charge', id, 'charge')
  return charge
}

function refundAt({ account }: Scope, id: string): Refund {
  const refund = account.refunds.get(id)
  if (refund === undefined) throw missing('refund', id, 'refund')
  return refund
}

function refundedCharge(scope: Scope, params: { charge?: string; payment_intent?: string }): Charge {
  const { account } = scope
  if (params.charge !== undefined) {
    const charge = account.charges.get(params.charge)
    if (charge === undefined) throw missingReference('charge', params.charge, 'charge')
    return charge
  }
  if (params.payment_intent === undefined) {
    throw malformed('Missing required param: payment_intent or charge.', 'parameter_missing', 'payment_intent')
  }
  const intent = account.paymentIntents.get(params.payment_intent)
  if (intent === undefined) throw missingReference('payment_intent', params.payment_intent, 'payment_intent')
  const charge = intent.status === 'succeeded' ? account.charges.get(intent.latest_charge ?? '') : undefined
  if (charge !== undefined) return charge
  throw missingSuccess(intent.id)
}

function missingSuccess(intent: string): Error {
  return invalid(
    `This PaymentIntent (${intent}) does not have a successful charge to refund.`,
    undefined,
    'payment_intent',
  )
}
