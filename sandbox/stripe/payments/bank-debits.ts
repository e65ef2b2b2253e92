import { addBankingDays, instantOf } from '../../bank/calendar.ts'
import { emit } from '../events/emit.ts'
import { book } from '../money/book.ts'
import type { Charge } from '../objects/charge.ts'
import type { PaymentIntent } from '../objects/intent.ts'
import type { PaymentMethod } from '../objects/payment-method.ts'
import type { BankInstrument } from '../state/account.ts'
import { type Scope, today } from '../state/state.ts'
import { type AnyReturnCode, meaningOf, type TestBankAccount } from '../testdata/bank-accounts.ts'
import { acssDetails, bankDetails } from './charge-details.ts'
import { failIntent, feesOf, newCharge, settleCharge, succeedIntent } from './charges.ts'
import { openDispute } from './disputes.ts'
import { setMandateStatus } from './mandates.ts'
import { type Rail, railOf } from './rails.ts'

/** Hour UTC at which the bank's answers of a day are worked off. */
const bankFileHour = 12

type Failure = { failureCode: string; message: string; returnCode?: AnyReturnCode }

/** Sends a debit to the bank. It counts as paid only when the bank has had its days to send it back. */
export function startDebit(
  scope: Scope,
  intent: PaymentIntent,
  method: PaymentMethod,
  { kind, account }: BankInstrument,
  mandate: string,
): Charge {
  const { state } = scope
  const rail = railOf(state, kind)
  const charge = newCharge(scope, intent, method, 'py')
  const debitOn = addBankingDays(today(state), 1, rail.country)
  charge.payment_method_details =
    kind === 'acss_debit'
      ? { type: kind, acss_debit: acssDetails(method, mandate, debitOn) }
      : { type: kind, us_bank_account: bankDetails(method, mandate, debitOn) }
  charge.captured = true
  charge.amount_captured = charge.amount
  charge.outcome = { ...charge.outcome, risk_level: 'not_assessed', seller_message: 'Payment initiated.' }
  intent.latest_charge = charge.id
  intent.status = 'processing'
  intent.next_action = null
  intent.last_payment_error = null
  emit(scope, 'charge.pending', charge)
  emit(scope, 'payment_intent.processing', intent)
  scheduleAnswer({ ...scope, cause: null }, rail, intent, charge, account)
  return charge
}

function scheduleAnswer(
  scope: Scope,
  rail: Rail,
  intent: PaymentIntent,
  charge: Charge,
  { debit, delayMinutes }: TestBankAccount,
): void {
  const { successBankingDays, failureBankingDays, lateReturnBankingDays } = rail.times
  const later = (bankingDays: number, title: string, run: () => void) =>
    scope.state.agenda.at(answerAt(scope, rail, bankingDays, delayMinutes), title, run)
  const clear = () => clearDebit(scope, rail, intent, charge)
  switch (debit) {
    case 'stays-processing':
      break
    case 'succeeds':
      later(successBankingDays, 'Bank: debits clear', clear)
      break
    case 'returned-late':
      later(successBankingDays, 'Bank: debits clear', () => {
        clear()
        later(lateReturnBankingDays, 'Bank: debits are returned late', () =>
          returnDebit(scope, charge, rail.lateReturnCode),
        )
      })
      break
    case 'blocked':
      later(0, 'Stripe: debits are blocked', () => failDebit(scope, intent, charge, blocked))
      break
    default: {
      const failure: Failure =
        'returnCode' in debit
          ? { ...meaningOf(debit.returnCode), returnCode: debit.returnCode }
          : { failureCode: debit.failureCode, message: debit.message }
      later(failureBankingDays, 'Bank: debits are returned', () => failDebit(scope, intent, charge, failure))
    }
  }
}

const blocked: Failure = {
  failureCode: 'payment_method_restricted',
  message: 'Stripe blocked this payment as too risky.',
}

/** When the bank answers: with its file of a banking day, or so many minutes from now. */
function answerAt({ state }: Scope, { country }: Rail, bankingDays: number, delayMinutes: number | undefined): Date {
  const now = state.clock.now()
  if (delayMinutes !== undefined) return new Date(now.getTime() + delayMinutes * 60_000)
  const at = instantOf(addBankingDays(today(state), bankingDays, country), bankFileHour)
  return at > now ? at : now
}

function clearDebit(scope: Scope, rail: Rail, intent: PaymentIntent, charge: Charge): void {
  if (charge.status !== 'pending') return // the bank sent it back before
  settleCharge(charge)
  const transaction = book(scope, {
    amount: charge.amount,
    currency: charge.currency,
    type: 'payment',
    reportingCategory: 'charge',
    source: charge.id,
    description: charge.description,
    fees: feesOf(scope, charge, rail.fee(charge.amount)),
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
  const { returnCode } = failure
  if (returnCode !== undefined && meaningOf(returnCode).blockedReason !== undefined) {
    blockMethod(scope, method, returnCode)
    retireMandate(scope, charge)
  }
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
export function returnDebit(scope: Scope, charge: Charge, code: AnyReturnCode): boolean {
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

/**
 * Stripe refuses further debits of an account the bank said is closed, wrong, frozen or not the payer's to debit. Only a
 * US account says so itself; a Canadian one is out of use because its mandate is.
 */
function blockMethod(scope: Scope, method: PaymentMethod, code: AnyReturnCode): void {
  const { blockedReason } = meaningOf(code)
  const bank = method.us_bank_account
  if (blockedReason === undefined || bank === undefined) return
  const previous = { us_bank_account: { status_details: bank.status_details } }
  bank.status_details = { blocked: { network_code: code, reason: blockedReason } }
  emit(scope, 'payment_method.updated', method, previous)
}

function retireMandate(scope: Scope, charge: Charge): void {
  const { acss_debit: acss, us_bank_account: ach } = charge.payment_method_details
  const details = acss ?? ach
  if (details?.mandate !== undefined) setMandateStatus(scope, details.mandate, 'inactive')
}

function methodOf(scope: Scope, charge: Charge): PaymentMethod {
  const method = scope.account.paymentMethods.get(charge.payment_method)
  if (method === undefined) throw new Error(`${charge.id} has no payment method`)
  return method
}
