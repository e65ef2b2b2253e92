import { invalid } from '../api/errors.ts'
import type { MandateData } from '../api/shared-params.ts'
import { emit } from '../events/emit.ts'
import type { AcssMandateTerms, CustomerAcceptance, Mandate, PaymentMethod } from '../objects/payment-method.ts'
import { newId, type Scope } from '../state/state.ts'

/** What a payer agreed to and how, from the parameters of a request. */
export function acceptanceOf(data: MandateData): CustomerAcceptance {
  const { type, online } = data.customer_acceptance
  if (type === 'offline') return { type, offline: {} }
  return { type, online: { ip_address: online?.ip_address ?? null, user_agent: online?.user_agent ?? null } }
}

type Consent = {
  acceptance: CustomerAcceptance
  use: { kind: 'multi_use' } | { kind: 'single_use'; amount: number; currency: string }
  /** Of a pre-authorized debit. */
  terms: AcssMandateTerms | undefined
}

/** Writes the consent to debit a bank account: for this amount only, or until it is withdrawn. */
export function newMandate(
  scope: Scope,
  method: PaymentMethod,
  { acceptance, use, terms }: Consent,
  status: Mandate['status'] = 'active',
): Mandate {
  const { state, account } = scope
  const mandate: Mandate = {
    id: newId(state, 'mandate'),
    object: 'mandate',
    customer_acceptance: { ...acceptance, accepted_at: state.clock.seconds() },
    livemode: false,
    ...(use.kind === 'multi_use' ? { multi_use: {} } : { single_use: { amount: use.amount, currency: use.currency } }),
    payment_method: method.id,
    payment_method_details:
      method.type === 'acss_debit' && terms !== undefined
        ? { type: 'acss_debit', acss_debit: terms }
        : { type: 'us_bank_account', us_bank_account: {} },
    status,
    type: use.kind,
  }
  if (use.kind === 'multi_use') account.standingMandates.set(method.id, mandate.id)
  return account.mandates.add(mandate)
}

/** The reusable consent a bank account carries, if it is in force. */
export function standingMandate({ account }: Scope, method: PaymentMethod): Mandate | undefined {
  const id = account.standingMandates.get(method.id)
  const mandate = id === undefined ? undefined : account.mandates.get(id)
  return mandate?.status === 'active' ? mandate : undefined
}

/** The mandate a request names; it must be in force and belong to the method. */
export function mandateNamed({ account }: Scope, id: string, method: PaymentMethod): Mandate {
  const mandate = account.mandates.get(id)
  if (mandate === undefined) throw invalid(`No such mandate: '${id}'`, 'resource_missing', 'mandate')
  if (mandate.payment_method === method.id && mandate.status === 'active') return mandate
  throw invalid(
    `The provided mandate (${id}) is invalid: it is ${mandate.status} or does not belong to the PaymentMethod ${method.id}.`,
    'payment_intent_mandate_invalid',
    'mandate',
  )
}

export function setMandateStatus(scope: Scope, id: string, status: Mandate['status']): void {
  const mandate = scope.account.mandates.get(id)
  if (mandate === undefined || mandate.status === status) return
  const previous = { status: mandate.status }
  mandate.status = status
  emit(scope, 'mandate.updated', mandate, previous)
}
