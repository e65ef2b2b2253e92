import { z } from 'zod'
import type { AccountMapping, AccountRole, GlAccount } from '@/lib/connectors/contract'

/** The roles a person chooses accounts for, in the order of the page, and what each is for. */
export const accountRoles = [
  { role: 'clearing', label: 'Undeposited funds', use: 'Where payments wait until Stripe pays them out', needed: true },
  { role: 'bank', label: 'Bank account', use: 'Where payouts arrive', needed: true },
  { role: 'processor_fees', label: 'Processor fees', use: 'What Stripe keeps', needed: true },
  { role: 'receivable', label: 'Accounts receivable', use: 'What clients owe, for refunds and returns', needed: true },
  {
    role: 'disputed',
    label: 'Disputed payments',
    use: 'Money held back while a card payment is disputed',
    needed: false,
  },
  { role: 'surcharge_income', label: 'Surcharge income', use: 'What cards are surcharged', needed: false },
  { role: 'write_offs', label: 'Bad debts', use: 'What is written off', needed: false },
] as const satisfies { role: AccountRole; label: string; use: string; needed: boolean }[]

const GlAccountShape = z.object({
  externalId: z.string(),
  name: z.string(),
  type: z.string(),
  subtype: z.string(),
  currency: z.string().optional(),
  active: z.boolean(),
})
const Id = z.string().min(1).optional()

/** What an accounting connection keeps in its settings. */
const BooksSettings = z.object({
  mapping: z
    .object({
      clearing: Id,
      bank: Id,
      processor_fees: Id,
      receivable: Id,
      surcharge_income: Id,
      disputed: Id,
      write_offs: Id,
    })
    .default({}),
  /** The bank account chosen for payouts in a currency that is not the MSP's own. */
  bankIn: z.record(z.string(), z.string().min(1)).default({}),
  /** The chart of accounts as it was last read: names for pages. */
  accounts: z.array(GlAccountShape).default([]),
})

/** Which account plays which role, and where payouts in another currency arrive, by currency. */
export type ChosenAccounts = { mapping: AccountMapping; bankIn: Record<string, string> }

/** @throws ZodError when the settings were written by something else */
export function readBooksSettings(settings: unknown): ChosenAccounts & { accounts: GlAccount[] } {
  const { mapping, bankIn, accounts } = BooksSettings.parse(settings)
  return {
    bankIn,
    mapping: Object.fromEntries(Object.entries(mapping).filter(([, id]) => id !== undefined)),
    accounts: accounts.map(({ currency, ...account }) => ({
      ...account,
      ...(currency === undefined ? {} : { currency }),
    })),
  }
}

/** The accounts payouts in a currency can arrive at. */
export function bankAccountsIn(accounts: readonly GlAccount[], currency: string): GlAccount[] {
  return accounts.filter((account) => account.active && account.type === 'Bank' && account.currency === currency)
}

/** Roles the loop cannot do without that have no account, or one that is gone. */
export function missingRoles(mapping: AccountMapping, accounts: readonly GlAccount[]): AccountRole[] {
  const usable = new Set(accounts.filter(({ active }) => active).map(({ externalId }) => externalId))
  return accountRoles.filter(({ role, needed }) => needed && !usable.has(mapping[role] ?? '')).map(({ role }) => role)
}

export function labelOf(role: AccountRole): string {
  return accountRoles.find((one) => one.role === role)?.label ?? role
}
