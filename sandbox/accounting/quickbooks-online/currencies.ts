import type { Books } from './books.ts'
import { foreignAccounts, systemAccounts } from './chart-of-accounts.ts'
import { QuickbooksFault } from './fault.ts'
import type { Ref } from './schema/common.ts'

/** The company keeps its books in US dollars; switched on, it may also sell in Canadian ones. */
export const home = 'USD'
const names: Record<string, string> = { USD: 'United States Dollar', CAD: 'Canadian Dollar' }

export function currencyRef(code: string): Ref {
  return { value: code, name: names[code] ?? code }
}

/** A currency as somebody names it, the home one where nobody does; refused where the company does not have it. */
export function currencyOf(books: Books, asked: Ref | undefined): Ref {
  const code = asked?.value ?? home
  if (code !== home && !books.settings.multicurrency)
    throw new QuickbooksFault('6000', `Multicurrency is off, so the currency cannot be ${code}`, 'CurrencyRef')
  if (names[code] === undefined)
    throw new QuickbooksFault('2500', `Invalid Reference Id : CurrencyRef ${code} is not an active currency`)
  return currencyRef(code)
}

/** US dollars for one unit on a day: the same for the same day, and a little different from one to the next. */
export function rateOn(code: string, day: string): number {
  if (code === home) return 1
  return (7_100 + ((Date.parse(day) / 86_400_000) % 97)) / 10_000
}

/** Where what a customer owes in a currency stands: QuickBooks keeps an account of its own for each. */
export function receivableIn(currency: Ref | undefined): string {
  return currency?.value === 'CAD' ? '88' : systemAccounts.receivable
}

export function isReceivable(accountId: string | undefined): boolean {
  return accountId === systemAccounts.receivable || accountId === '88'
}

/** What a company has more once it keeps several currencies. It cannot be switched off again. */
export function switchOnMulticurrency(books: Books, seedAccount: (account: (typeof foreignAccounts)[number]) => void) {
  if (books.settings.multicurrency) return
  books.settings.multicurrency = true
  for (const account of foreignAccounts) seedAccount(account)
}

/**
 * The transaction's currency fits the customer it is with and the bank account it goes to: neither has more than one.
 */
export function requireFit(
  books: Books,
  currency: Ref,
  { customer, account }: { customer?: Ref | undefined; account?: Ref | undefined },
): void {
  const theirs = customer && (books.contentOf('Customer', customer.value)?.CurrencyRef?.value ?? home)
  if (theirs !== undefined && theirs !== currency.value)
    throw new QuickbooksFault(
      '6000',
      `The currency of the transaction is ${currency.value}, and the customer's is ${theirs}`,
      'CurrencyRef',
    )
  const found = account && books.contentOf('Account', account.value)
  const its = found?.CurrencyRef?.value ?? home
  const isFit = found === undefined || its === currency.value || (its === home && found.AccountType !== 'Bank')
  if (!isFit)
    throw new QuickbooksFault(
      '6000',
      `The currency of the transaction is ${currency.value}, and that of account ${found.Name} is ${its}`,
      'CurrencyRef',
    )
}
