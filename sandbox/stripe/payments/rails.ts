import type { BankCountry } from '../../bank/calendar.ts'
import { bankDebitFee, padFee } from '../money/fees.ts'
import type { Charge } from '../objects/charge.ts'
import type { BankType } from '../objects/common.ts'
import type { DebitTimes, State } from '../state/state.ts'
import type { AnyReturnCode } from '../testdata/bank-accounts.ts'

/** The clearing a bank debit goes through: whose banking days count, how long it takes, what it costs. */
export type Rail = {
  type: BankType
  country: BankCountry
  times: DebitTimes
  /** Why a debit comes back that is returned late. */
  lateReturnCode: AnyReturnCode
  /** Of whole cents, in whole cents. */
  fee: (amount: number) => number
}

export function railOf({ settings }: Pick<State, 'settings'>, type: BankType): Rail {
  return type === 'acss_debit'
    ? { type, country: 'CA', times: settings.acss, lateReturnCode: '919', fee: padFee }
    : { type, country: 'US', times: settings.ach, lateReturnCode: 'R01', fee: bankDebitFee }
}

/** Undefined for a card. */
export function railOfCharge(state: Pick<State, 'settings'>, charge: Charge): Rail | undefined {
  const { type } = charge.payment_method_details
  return type === 'acss_debit' || type === 'us_bank_account' ? railOf(state, type) : undefined
}
