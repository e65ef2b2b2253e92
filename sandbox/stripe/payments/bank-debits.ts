import { addBankingDays, instantOf, onOrAfter } from '../../bank/calendar.ts'
import { emit } from '../events/emit.ts'
import { book } from '../money/book.ts'
import { bankDebitFee } from '../money/fees.ts'
import type { Charge } from '../objects/charge.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import { type Scope, today } from '../state/state.ts'
import { meaningOf, type ReturnCode, type TestBankAccount } from '../testdata/bank-accounts.ts'
import { bankDetails } from './charge-details.ts'
import { failIntent, feesOf, newCharge, settleCharge, succeedIntent } from './charges.ts'
import { openDispute } from './disputes.ts'
import { setMandateStatus } from './mandates.ts'

/** Hour UTC at which the bank's answers of a day are worked off. */
const bankFileHour = 12

type Failure = { failureCode: string; message: string; returnCode?: ReturnCode }

/** Sends a debit to the bank. It counts as paid only when the bank has had its days to send it back. */
export function startDebit(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  account: TestBankAccount,
  mandate: string,
): Charge {
  const { state } = scope
  const charge = newCharge(scope, intent, method, 'py')
  const debitOn = addBankingDays(onOrAfter(today(state)), 1)
  charge.payment_method_details = {
    type: 'us_bank_account',
    us_bank_account: bankDetails(method, mandate, debitOn),
  }
  charge.captured = true
  charge.amount_captured = charge.amount
  charge.outcome = { ...charge.outcome, risk_level: 'not_assessed', seller_message: 'Payment initiated.' }
  intent.latest_charge = charge.id
  intent.status = 'processing'
  intent.next_action = null
  intent.last_payment_error = null
  emit(scope, 'charge.pending', charge)
  emit(scope, 'payment_intent.processing', intent)
  scheduleAnswer({ ...scope, cause: null }, intent, charge, account)
  return charge
}

function scheduleAnswer(scope: Scope, intent: PaymentIntent, charge: Charge, { debit }: TestBankAccount): void {
  const { successBankingDays, failureBankingDays, lateReturnBankingDays } = scope.state.settings.ach
  const clear = () => clearDebit(scope, intent, charge)
  switch (debit) {
    case 'stays-processing':
      break
    case 'succeeds':
      later(scope, successBankingDays, 'Bank: debits clear', clear)
      break
    case 'returned-late':
      later(scope, successBankingDays, 'Bank: debits clear', () => {
        clear()
        later(scope, lateReturnBankingDays, 'Bank: debits are returned late', () => returnDebit(scope, charge, 'R01'))
      })
      break
    case 'blocked':
      later(scope, 0, 'Stripe: debits are blocked', () => failDebit(scope, intent, charge, blocked))
      break
    default: {
      const failure: Failure =
        'returnCode' in debit
          ? { ...meaningOf(debit.returnCode), returnCode: debit.returnCode }
          : { failureCode: debit.failureCode, message: debit.message }
      later(scope, failureBankingDays, 'Bank: debits are returned', () => failDebit(scope, intent, charge, failure))
    }
  }
}

const blocked: Failure = {
  failureCode: 'payment_method_restricted',
  message: 'Stripe blocked this payment as too risky.',
}

function later({ state }: Scope, bankingDays: number, title: string, run: () => void): void {
  const day = addBankingDays(onOrAfter(today(state)), bankingDays)
  const at = instantOf(day, bankFileHour)
  state.agenda.at(at > state.clock.now() ? at : state.clock.now(), title, run)
}

function clearDebit(scope: Scope, intent: PaymentIntent, charge: Charge): void {
  if (charge.status !== 'pending') return // the bank sent it back before
  settleCharge(charge)
  const transaction = book(scope, {
    amount: charge.amount,
    currency: charge.currency,
    type: 'payment',
    reportingCategory: 'charge',
    source: charge.id,
    description: charge.description,
    fees: feesOf(scope, charge, bankDebitFee(charge.amount)),
    origin: 'bank_account',
  })
  charge.balance_transaction = transaction.id
  succeedIntent(intent, charge)
  emit(scope, 'charge.succeeded', charge)
  emit(scope, 'payment_intent.succeeded', intent)
}

function failDebit(scope: Scope, intent: PaymentIntent, charge: Charge, failure: Failure): void {
  if (charge.status !== 'pending') return
  charge.status = 'failed'
  charge.captured = false
  charge.amount_captured = 0
  charge.failure_code = failure.failureCode
  charge.failure_message = failure.message
  const method = methodOf(scope, charge)
  if (failure.returnCode !== undefined && blockMethod(scope, method, failure.returnCode)) retireMandate(scope, charge)
  emit(scope, 'charge.failed', charge)
  failIntent(scope, intent, method, {
    type: 'invalid_request_error',
    code: failure.failureCode,
    message: failure.message,
    charge: charge.id,
  })
}

/**
 * The bank sends a debit back. Before it counted as paid the payment fails; after that Stripe reports a dispute that
 * is lost from the start. Answers false when there is nothing left to return.
 */
export function returnDebit(scope: Scope, charge: Charge, code: ReturnCode): boolean {
  const intent = scope.account.paymentIntents.get(charge.payment_intent)
  if (intent === undefined || charge.disputed) return false
  if (charge.status === 'pending') {
    failDebit(scope, intent, charge, { ...meaningOf(code), returnCode: code })
    return true
  }
  if (charge.status !== 'succeeded') return false
  blockMethod(scope, methodOf(scope, charge), code)
  retireMandate(scope, charge)
  openDispute(scope, charge, { reason: meaningOf(code).disputeReason, amount: charge.amount, final: true })
  return true
}

/** Stripe refuses further debits of an account the bank said is closed, wrong, frozen or not the payer's to debit. */
function blockMethod(scope: Scope, method: PaymentMethod, code: ReturnCode): boolean {
  const { blockedReason } = meaningOf(code)
  const bank = method.us_bank_account
  if (blockedReason === undefined || bank === undefined) return false
  const previous = { us_bank_account: { status_details: bank.status_details } }
  bank.status_details = { blocked: { network_code: code, reason: blockedReason } }
  emit(scope, 'payment_method.updated', method, previous)
  return true
}

function retireMandate(scope: Scope, charge: Charge): void {
  const details = charge.payment_method_details.us_bank_account
  if (details?.mandate !== undefined) setMandateStatus(scope, details.mandate, 'inactive')
}

function methodOf(scope: Scope, charge: Charge): PaymentMethod {
  const method = scope.account.paymentMethods.get(charge.payment_method)
  if (method === undefined) throw new Error(`${charge.id} has no payment method`)
  return method
}
