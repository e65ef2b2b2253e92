import { invalid, malformed } from '../api/errors.ts'
import type { MethodData } from '../api/shared-params.ts'
import { branchAt, testBranch } from '../browser/frame/canadian-banks.js'
import type { AcssDebit } from '../objects/payment-method.ts'
import type { BankInstrument } from '../state/account.ts'
import type { TestBankAccount } from '../testdata/bank-accounts.ts'
import { testPadAccount } from '../testdata/pad-accounts.ts'
import { fingerprintOf } from './fingerprint.ts'

/** A Canadian bank account as a payer typed it; refuses what is no test account. */
export function draftPad(data: MethodData, isVerified: boolean): { bank: AcssDebit; instrument: BankInstrument } {
  const asked = data.acss_debit
  if (asked === undefined) throw malformed('Missing required param: acss_debit.', 'parameter_missing', 'acss_debit')
  const { institution_number: institution, transit_number: transit, account_number: number } = asked
  if (!/^\d{3}$/.test(institution)) {
    throw invalid(
      'The institution number must be three digits.',
      'institution_number_invalid',
      at('institution_number'),
    )
  }
  if (!/^\d{5}$/.test(transit)) {
    throw invalid('The transit number must be five digits.', 'transit_number_invalid', at('transit_number'))
  }
  const branch = branchAt(institution, transit)
  const account = branch === undefined ? undefined : testPadAccount(number)
  if (branch === undefined || account === undefined) {
    throw invalid(
      'You must use a test bank account in test mode. Try institution 000, transit 11000 and account 000123456789, or see more options at https://stripe.com/docs/payments/acss-debit/accept-a-payment#test-integration.',
      'account_number_invalid',
      at('account_number'),
    )
  }
  return {
    bank: padOf(number, branch),
    instrument: { kind: 'acss_debit', account, isVerified, wrongTries: 0 },
  }
}

/** What a ready-made method holds. */
export function tokenPad({ number }: TestBankAccount): AcssDebit {
  return padOf(number, testBranch)
}

function padOf(number: string, branch: { institution: string; transit: string; name: string }): AcssDebit {
  return {
    bank_name: branch.name,
    fingerprint: fingerprintOf(`${branch.institution} ${branch.transit} ${number}`),
    institution_number: branch.institution,
    last4: number.slice(-4),
    transit_number: branch.transit,
  }
}

function at(name: string): string {
  return `acss_debit[${name}]`
}
