import { invalid, malformed } from '../api/errors.ts'
import type { MethodData } from '../api/shared-params.ts'
import { bankNamed } from '../browser/frame/banks.js'
import type { UsBankAccount } from '../objects/payment-method.ts'
import type { Instrument } from '../state/account.ts'
import { newId, type Scope } from '../state/state.ts'
import { isRoutingNumber, type TestBankAccount, testBankAccount } from '../testdata/bank-accounts.ts'
import { fingerprintOf } from './fingerprint.ts'

/** A US bank account as a payer typed it; refuses what is no test account. */
export function draftBank(
  scope: Scope,
  data: MethodData,
  isVerified: boolean,
): { bank: UsBankAccount; instrument: Instrument } {
  const { routing_number: routing, account_number: number, ...asked } = data.us_bank_account ?? {}
  const missing = (name: string) =>
    malformed(`Missing required param: us_bank_account[${name}].`, 'parameter_missing', `us_bank_account[${name}]`)
  if (routing === undefined) throw missing('routing_number')
  if (number === undefined) throw missing('account_number')
  if (!isRoutingNumber(routing)) {
    throw invalid(
      'Invalid routing number. The number must be nine digits and carry a valid check digit.',
      'routing_number_invalid',
      'us_bank_account[routing_number]',
    )
  }
  const account = testBankAccount(number)
  if (account === undefined) {
    throw invalid(
      'You must use a test bank account number in test mode. Try 000123456789 or see more options at https://stripe.com/docs/payments/ach-direct-debit#test-account-numbers.',
      'account_number_invalid',
      'us_bank_account[account_number]',
    )
  }
  const bank = bankOf(number, {
    routing,
    holder: asked.account_holder_type ?? 'individual',
    type: asked.account_type ?? 'checking',
    linked: isVerified ? newId(scope.state, 'fca') : (asked.financial_connections_account ?? null),
  })
  return { bank, instrument: { kind: 'us_bank_account', account, isVerified, wrongTries: 0 } }
}

/** What a ready-made method holds. */
export function tokenBank({ number }: TestBankAccount): UsBankAccount {
  return bankOf(number, { routing: '110000000', holder: 'individual', type: 'checking', linked: null })
}

function bankOf(
  number: string,
  typed: {
    routing: string
    holder: UsBankAccount['account_holder_type']
    type: UsBankAccount['account_type']
    linked: string | null
  },
): UsBankAccount {
  return {
    account_holder_type: typed.holder,
    account_type: typed.type,
    bank_name: bankNamed(typed.routing),
    financial_connections_account: typed.linked,
    fingerprint: fingerprintOf(`${typed.routing} ${number}`),
    last4: number.slice(-4),
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: typed.routing,
    status_details: {},
  }
}
