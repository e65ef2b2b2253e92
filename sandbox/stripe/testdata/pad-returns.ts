import type { ReturnMeaning } from './bank-accounts.ts'

/** Why a Canadian bank sends a debit back: the codes of Payments Canada's Standard 005. */
// biome-ignore format: a table reads better in rows
export const padReturnCodes = [
  '901', '902', '903', '905', '907', '908', '910', '911', '912',
  '915', '916', '917', '918', '919', '920', '921', '922',
] as const
export type PadReturnCode = (typeof padReturnCodes)[number]

/** The same as Stripe reports it, in the words it has for debits anywhere. */
export function padMeaningOf(code: PadReturnCode): ReturnMeaning {
  switch (code) {
    case '901':
    case '908':
      return {
        failureCode: 'insufficient_funds',
        message: "The customer's bank account has insufficient funds to complete the debit.",
        disputeReason: 'insufficient_funds',
      }
    case '905':
      return {
        failureCode: 'account_closed',
        message: "The customer's bank account has been closed.",
        disputeReason: 'incorrect_account_details',
        blockedReason: 'bank_account_closed',
      }
    case '902':
    case '912':
      return {
        failureCode: 'no_account',
        message: "The customer's bank account could not be located.",
        disputeReason: 'incorrect_account_details',
        blockedReason: 'bank_account_invalid_details',
      }
    case '907':
    case '910':
    case '911':
      return {
        failureCode: 'bank_account_restricted',
        message: "The customer's bank account cannot be used to complete the debit.",
        disputeReason: 'bank_cannot_process',
        blockedReason: 'bank_account_restricted',
      }
    case '903':
    case '915':
    case '916':
    case '917':
    case '918':
    case '919':
    case '920':
    case '921':
    case '922':
      return {
        failureCode: 'debit_not_authorized',
        message: 'The customer has notified their bank that this payment was unauthorized.',
        disputeReason: 'debit_not_authorized',
        blockedReason: 'debit_not_authorized',
      }
  }
}
