import { type ErrorBody, invalid, malformed, type StripeRefusal } from '../api/errors.ts'
import type { PaymentIntent, SetupIntent } from '../objects/intent.ts'
import type { Scope } from '../state/state.ts'

export type MicrodepositAsk = { amounts?: number[]; descriptor_code?: string }

const triesMax = 3

/** What the payer read on the bank statement. */
type Verification = 'verified' | ErrorBody

/**
 * Compares with what was sent. Wrong input is thrown and may be tried again; an answer of `ErrorBody` means that the
 * verification has failed for good and the intent needs another payment method.
 */
export function verifyDeposits(scope: Scope, intent: PaymentIntent | SetupIntent, ask: MicrodepositAsk): Verification {
  const instrument = intent.payment_method === null ? undefined : scope.account.instruments.get(intent.payment_method)
  if (
    intent.next_action?.type !== 'verify_with_microdeposits' ||
    instrument === undefined ||
    instrument.kind === 'card'
  ) {
    const name = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'
    throw invalid(
      `You cannot verify microdeposits for this ${name} because it has a status of ${intent.status}.`,
      `${intent.object}_unexpected_state`,
    )
  }
  const byAmounts = ask.amounts !== undefined
  if (byAmounts === (ask.descriptor_code !== undefined)) {
    throw malformed('You must provide exactly one of `amounts` or `descriptor_code`.', 'parameter_missing', 'amounts')
  }
  if (byAmounts && ask.amounts?.length !== 2) {
    throw invalid(
      'You must provide two amounts.',
      'payment_method_microdeposit_verification_amounts_invalid',
      'amounts',
    )
  }
  switch (ask.descriptor_code ?? ask.amounts?.toSorted((a, b) => a - b).join('+')) {
    case 'SM11AA':
    case '32+45':
      return instrument.account.failsMicrodeposits === true ? failed : 'verified'
    case 'SM33CC':
    case '10+11':
      return tooMany
    case 'SM44DD':
    case '40+41':
      return timedOut
    default: {
      instrument.wrongTries += 1
      if (instrument.wrongTries >= triesMax) return tooMany
      throw mismatch(byAmounts, triesMax - instrument.wrongTries)
    }
  }
}

function mismatch(byAmounts: boolean, left: number): StripeRefusal {
  const tries = `You have ${left} verification attempts remaining.`
  return byAmounts
    ? invalid(
        `The amounts provided do not match the amounts that were sent to the bank account. ${tries}`,
        'payment_method_microdeposit_verification_amounts_mismatch',
        'amounts',
      )
    : invalid(
        `The verification code provided does not match the one sent to the bank account. ${tries}`,
        'payment_method_microdeposit_verification_descriptor_code_mismatch',
        'descriptor_code',
      )
}

const failed: ErrorBody = {
  type: 'invalid_request_error',
  code: 'payment_method_microdeposit_failed',
  message: 'Microdeposit transfers failed. Please check the account, institution and transit numbers provided.',
}
const tooMany: ErrorBody = {
  type: 'invalid_request_error',
  code: 'payment_method_microdeposit_verification_attempts_exceeded',
  message: 'You have exceeded the number of allowed verification attempts.',
}
const timedOut: ErrorBody = {
  type: 'invalid_request_error',
  code: 'payment_method_microdeposit_verification_timeout',
  message: 'Microdeposit verification has timed out.',
}
