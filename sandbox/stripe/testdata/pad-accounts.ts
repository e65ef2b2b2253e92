import type { TestBankAccount } from './bank-accounts.ts'

const delayMinutes = 3

const accounts: Record<string, Omit<TestBankAccount, 'number'>> = {
  '000123456789': { debit: 'succeeds' },
  '900123456789': { debit: 'succeeds', delayMinutes },
  '000222222227': { debit: { returnCode: '901' } },
  '900222222227': { debit: { returnCode: '901' }, delayMinutes },
  '000666666661': { debit: 'succeeds', failsMicrodeposits: true },
  '000777777771': {
    debit: {
      failureCode: 'charge_exceeds_source_limit',
      message: 'This payment would exceed the weekly payment volume limit of the account.',
    },
  },
  '000888888881': {
    debit: {
      failureCode: 'charge_exceeds_transaction_limit',
      message: 'This payment exceeds the transaction limit of the account.',
    },
  },
}

/** Ready-made methods; those no number is published for stand behind numbers nobody can type. */
const tokens: Record<string, TestBankAccount> = {
  pm_acssDebit_success: { number: '000123456789', debit: 'succeeds' },
  pm_acssDebit_noAccount: { number: 'no-account-1116', debit: { returnCode: '902' } },
  pm_acssDebit_accountClosed: { number: 'account-closed-1113', debit: { returnCode: '905' } },
  pm_acssDebit_insufficientFunds: { number: '000222222227', debit: { returnCode: '901' } },
  pm_acssDebit_debitNotAuthorized: { number: 'not-authorized-3335', debit: { returnCode: '920' } },
  pm_acssDebit_dispute: { number: 'dispute-5559', debit: 'returned-late' },
}

export function testPadAccount(number: string): TestBankAccount | undefined {
  const traits = Object.hasOwn(accounts, number) ? accounts[number] : undefined
  return traits === undefined ? undefined : { number, ...traits }
}

export function testPadAccountByToken(token: string): TestBankAccount | undefined {
  return Object.hasOwn(tokens, token) ? tokens[token] : undefined
}
