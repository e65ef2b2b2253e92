import { type PadReturnCode, padMeaningOf } from './pad-returns.ts'

/** A bank account of Stripe's test set and what becomes of a debit. */
export type TestBankAccount = {
  number: string
  debit:
    | 'succeeds'
    | 'stays-processing'
    | 'blocked'
    | 'returned-late'
    | { returnCode: AnyReturnCode }
    | {
        failureCode: 'charge_exceeds_source_limit' | 'charge_exceeds_transaction_limit' | 'bank_account_unusable'
        message: string
      }
  /** The bank answers after so many minutes, instead of its banking days. */
  delayMinutes?: number
  /** The test deposits never reach it. */
  failsMicrodeposits?: boolean
}

// biome-ignore format: a table reads better in rows
export const returnCodes = [
  'R01', 'R02', 'R03', 'R04', 'R05', 'R07', 'R08',
  'R09', 'R10', 'R11', 'R16', 'R20', 'R29', 'R31',
] as const
export type ReturnCode = (typeof returnCodes)[number]
/** Nacha's for the US, Payments Canada's for Canada. */
export type AnyReturnCode = ReturnCode | PadReturnCode

/** What Stripe makes of a bank's return code, before and after the debit counted as paid. */
export type ReturnMeaning = {
  failureCode: string
  message: string
  disputeReason: 'insufficient_funds' | 'incorrect_account_details' | 'bank_cannot_process' | 'debit_not_authorized'
  /** Why the account can no longer be debited; absent when another try is allowed. */
  blockedReason?: string
}

const accounts: Record<string, Omit<TestBankAccount, 'number'>> = {
  '000123456789': { debit: 'succeeds' },
  '000111111113': { debit: { returnCode: 'R02' } },
  '000111111116': { debit: { returnCode: 'R03' } },
  '000222222227': { debit: { returnCode: 'R01' } },
  '000333333335': { debit: { returnCode: 'R10' } },
  '000444444440': {
    debit: { failureCode: 'bank_account_unusable', message: 'The bank account cannot be debited in this currency.' },
  },
  '000777777771': {
    debit: {
      failureCode: 'charge_exceeds_source_limit',
      message: 'This payment would exceed the weekly payment volume limit of the account.',
    },
  },
  '000555555559': { debit: 'returned-late' },
  '000666666661': { debit: 'succeeds', failsMicrodeposits: true },
  '000000000009': { debit: 'stays-processing' },
  '000000004954': { debit: 'blocked' },
}

const tokens: Record<string, string> = {
  pm_usBankAccount: '000123456789',
  pm_usBankAccount_success: '000123456789',
  pm_usBankAccount_accountClosed: '000111111113',
  pm_usBankAccount_noAccount: '000111111116',
  pm_usBankAccount_insufficientFunds: '000222222227',
  pm_usBankAccount_debitNotAuthorized: '000333333335',
  pm_usBankAccount_invalidCurrency: '000444444440',
  pm_usBankAccount_weeklyLimitExceeded: '000777777771',
  pm_usBankAccount_dispute: '000555555559',
  pm_usBankAccount_failMicrodeposits: '000666666661',
  pm_usBankAccount_processing: '000000000009',
  pm_usBankAccount_riskLevelHighest: '000000004954',
}

export function testBankAccount(number: string): TestBankAccount | undefined {
  const traits = Object.hasOwn(accounts, number) ? accounts[number] : undefined
  return traits === undefined ? undefined : { number, ...traits }
}

export function testBankAccountByToken(token: string): TestBankAccount | undefined {
  const number = Object.hasOwn(tokens, token) ? tokens[token] : undefined
  return number === undefined ? undefined : testBankAccount(number)
}

/** The check digit of an ABA routing number. */
export function isRoutingNumber(number: string): boolean {
  if (!/^\d{9}$/.test(number)) return false
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]
  return [...number].reduce((sum, digit, place) => sum + Number(digit) * (weights[place] ?? 0), 0) % 10 === 0
}

const noFunds: ReturnMeaning = {
  failureCode: 'insufficient_funds',
  message: "The customer's bank account has insufficient funds to complete the debit.",
  disputeReason: 'insufficient_funds',
}
const noAccount: ReturnMeaning = {
  failureCode: 'no_account',
  message: "The customer's bank account could not be located.",
  disputeReason: 'incorrect_account_details',
  blockedReason: 'bank_account_invalid_details',
}
const notAuthorized: ReturnMeaning = {
  failureCode: 'debit_not_authorized',
  message: 'The customer has notified their bank that this payment was unauthorized.',
  disputeReason: 'debit_not_authorized',
  blockedReason: 'debit_not_authorized',
}
const restricted = (blockedReason: string): ReturnMeaning => ({
  failureCode: 'bank_account_restricted',
  message: "The customer's bank account cannot be used to complete the debit.",
  disputeReason: 'bank_cannot_process',
  blockedReason,
})

/** A bank's return codes as Stripe reports them. */
export function meaningOf(code: AnyReturnCode): ReturnMeaning {
  return isNacha(code) ? nachaMeaningOf(code) : padMeaningOf(code)
}

function isNacha(code: AnyReturnCode): code is ReturnCode {
  return code.startsWith('R')
}

/** Source: reference note, section 4. */
function nachaMeaningOf(code: ReturnCode): ReturnMeaning {
  switch (code) {
    case 'R01':
    case 'R09':
      return noFunds
    case 'R02':
      return {
        failureCode: 'account_closed',
        message: "The customer's bank account has been closed.",
        disputeReason: 'incorrect_account_details',
        blockedReason: 'bank_account_closed',
      }
    case 'R03':
    case 'R04':
      return noAccount
    case 'R05':
    case 'R07':
    case 'R08':
    case 'R10':
    case 'R11':
    case 'R29':
    case 'R31':
      return notAuthorized
    case 'R16':
      return restricted('bank_account_frozen')
    case 'R20':
      return restricted('bank_account_restricted')
  }
}
