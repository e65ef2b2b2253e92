import type { accountTypes } from './schema/lists.ts'

type AccountType = (typeof accountTypes)[number]

type ChartAccount = { id: string; name: string; type: AccountType; subType: string }

/** Accounts that QuickBooks itself posts to, known by their ids. */
export const systemAccounts = {
  undepositedFunds: '4',
  receivable: '84',
  salesTax: '90',
  services: '1',
  operating: '35',
} as const

/** The chart of a small service company that bills through its PSA. */
export const chartOfAccounts: readonly ChartAccount[] = [
  { id: '35', name: 'Operating', type: 'Bank', subType: 'Checking' },
  { id: '36', name: 'Savings', type: 'Bank', subType: 'Savings' },
  { id: '84', name: 'Accounts Receivable (A/R)', type: 'Accounts Receivable', subType: 'AccountsReceivable' },
  { id: '4', name: 'Undeposited Funds', type: 'Other Current Asset', subType: 'UndepositedFunds' },
  { id: '85', name: 'Disputed receivables', type: 'Other Current Asset', subType: 'OtherCurrentAssets' },
  { id: '33', name: 'Accounts Payable (A/P)', type: 'Accounts Payable', subType: 'AccountsPayable' },
  { id: '41', name: 'Business card', type: 'Credit Card', subType: 'CreditCard' },
  { id: '90', name: 'Sales tax payable', type: 'Other Current Liability', subType: 'SalesTaxPayable' },
  { id: '34', name: 'Opening Balance Equity', type: 'Equity', subType: 'OpeningBalanceEquity' },
  { id: '2', name: 'Retained Earnings', type: 'Equity', subType: 'RetainedEarnings' },
  { id: '1', name: 'Managed services', type: 'Income', subType: 'ServiceFeeIncome' },
  { id: '45', name: 'Professional services', type: 'Income', subType: 'ServiceFeeIncome' },
  { id: '79', name: 'Sales of hardware and software', type: 'Income', subType: 'SalesOfProductIncome' },
  { id: '46', name: 'Billed expenses', type: 'Income', subType: 'OtherPrimaryIncome' },
  { id: '80', name: 'Cost of goods sold', type: 'Cost of Goods Sold', subType: 'SuppliesMaterialsCogs' },
  { id: '7', name: 'Processor fees', type: 'Expense', subType: 'BankCharges' },
  { id: '8', name: 'Bad debts', type: 'Expense', subType: 'BadDebts' },
  { id: '9', name: 'Dues and subscriptions', type: 'Expense', subType: 'DuesSubscriptions' },
  { id: '10', name: 'Rent', type: 'Expense', subType: 'RentOrLeaseOfBuildings' },
  { id: '86', name: 'Surcharge income', type: 'Other Income', subType: 'OtherMiscellaneousIncome' },
  { id: '87', name: 'Interest earned', type: 'Other Income', subType: 'InterestEarned' },
]

/** What multicurrency adds: a bank account, and what customers owe in Canadian dollars. */
export const foreignAccounts: readonly (ChartAccount & { currency: string })[] = [
  { id: '37', name: 'Operating CAD', type: 'Bank', subType: 'Checking', currency: 'CAD' },
  {
    ...{ id: '88', name: 'Accounts Receivable (A/R) - CAD', type: 'Accounts Receivable' },
    ...{ subType: 'AccountsReceivable', currency: 'CAD' },
  },
]

/** What the company sells, and where its income goes. */
export const itemCatalog = {
  managed: { id: '1', name: 'Managed services', accountId: '1', taxable: false },
  professional: { id: '2', name: 'Professional services', accountId: '45', taxable: false },
  hardware: { id: '3', name: 'Hardware and software', accountId: '79', taxable: true },
  expenses: { id: '4', name: 'Billed expenses', accountId: '46', taxable: false },
  surcharge: { id: '5', name: 'Card surcharge', accountId: '86', taxable: false },
  badDebt: { id: '6', name: 'Bad debt', accountId: '8', taxable: false },
} as const

export const paymentMethods = {
  cash: { id: '1', name: 'Cash', type: 'NON_CREDIT_CARD' },
  check: { id: '2', name: 'Check', type: 'NON_CREDIT_CARD' },
  wire: { id: '3', name: 'Wire', type: 'NON_CREDIT_CARD' },
  card: { id: '4', name: 'Credit card', type: 'CREDIT_CARD' },
  ach: { id: '5', name: 'ACH', type: 'NON_CREDIT_CARD' },
} as const

export function accountRef(id: string): { value: string; name: string } {
  return { value: id, name: [...chartOfAccounts, ...foreignAccounts].find((account) => account.id === id)?.name ?? '' }
}

export function classificationOf(type: AccountType): 'Asset' | 'Equity' | 'Expense' | 'Liability' | 'Revenue' {
  switch (type) {
    case 'Bank':
    case 'Accounts Receivable':
    case 'Other Current Asset':
    case 'Fixed Asset':
    case 'Other Asset':
      return 'Asset'
    case 'Accounts Payable':
    case 'Credit Card':
    case 'Other Current Liability':
    case 'Long Term Liability':
      return 'Liability'
    case 'Equity':
      return 'Equity'
    case 'Income':
    case 'Other Income':
      return 'Revenue'
    case 'Cost of Goods Sold':
    case 'Expense':
    case 'Other Expense':
      return 'Expense'
  }
}
