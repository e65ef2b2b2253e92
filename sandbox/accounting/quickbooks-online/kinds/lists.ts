import { dollars, sum } from '../cents.ts'
import { classificationOf } from '../chart-of-accounts.ts'
import { currencyOf } from '../currencies.ts'
import { QuickbooksFault } from '../fault.ts'
import type { Content } from '../schema/schemas.ts'
import { contentOf } from '../stored.ts'
import type { Kind } from './kind.ts'

export const customer: Kind<'Customer'> = {
  accept(books, content, previous) {
    const parent = content.ParentRef && books.refer('Customer', content.ParentRef, 'Names')
    const FullyQualifiedName = parent ? `${parent.name ?? ''}:${content.DisplayName}` : content.DisplayName
    return {
      ...content,
      ...(parent && { ParentRef: parent }),
      FullyQualifiedName,
      PrintOnCheckName: content.PrintOnCheckName ?? content.DisplayName,
      Active: content.Active ?? true,
      Taxable: content.Taxable ?? true,
      Job: content.Job ?? false,
      BillWithParent: content.BillWithParent ?? false,
      // A customer keeps the currency it was made with.
      CurrencyRef: (previous && contentOf(previous).CurrencyRef) ?? currencyOf(books, content.CurrencyRef),
      PreferredDeliveryMethod: content.PreferredDeliveryMethod ?? 'None',
    }
  },
  derived(books, { id }) {
    const balance = books.ledger.receivableFrom(id)
    const jobs = sum(books.jobsOf(id).map((job) => books.ledger.receivableFrom(job)))
    return { Balance: dollars(balance), BalanceWithJobs: dollars(balance + jobs) }
  },
}

export const account: Kind<'Account'> = {
  accept(books, content, previous) {
    if (content.AccountType === undefined) {
      throw new QuickbooksFault('2020', 'Required parameter AccountType is missing in the request', 'AccountType')
    }
    return {
      ...content,
      FullyQualifiedName: content.Name,
      SubAccount: false,
      Active: content.Active ?? true,
      Classification: classificationOf(content.AccountType),
      AccountSubType: content.AccountSubType ?? defaultSubType(content),
      CurrencyRef: (previous && contentOf(previous).CurrencyRef) ?? currencyOf(books, content.CurrencyRef),
    }
  },
  // Only accounts of the balance sheet carry a balance: income and expense are always read as 0.
  derived(books, { id }, { Classification }) {
    const debit = books.ledger.balanceOf(id)
    const balance =
      Classification === 'Asset' ? debit : Classification === 'Liability' || Classification === 'Equity' ? -debit : 0
    return { CurrentBalance: dollars(balance), CurrentBalanceWithSubAccounts: dollars(balance) }
  },
}

export const item: Kind<'Item'> = {
  accept(books, content) {
    if (content.Type !== 'Category' && content.IncomeAccountRef === undefined) {
      throw new QuickbooksFault(
        '2020',
        'Required parameter IncomeAccountRef is missing in the request',
        'IncomeAccountRef',
      )
    }
    return {
      ...named(content),
      UnitPrice: content.UnitPrice ?? 0,
      ...(content.IncomeAccountRef && {
        IncomeAccountRef: books.refer('Account', content.IncomeAccountRef, 'Accounts'),
      }),
    }
  },
}

export const paymentMethod: Kind<'PaymentMethod'> = {
  accept: (_, content) => ({ ...content, Active: content.Active ?? true, Type: content.Type ?? 'NON_CREDIT_CARD' }),
}
export const klass: Kind<'Class'> = { accept: (_, content) => ({ ...named(content), SubClass: false }) }
export const department: Kind<'Department'> = {
  accept: (_, content) => ({ ...named(content), SubDepartment: false }),
}
export const term: Kind<'Term'> = {
  accept: (_, content) => ({ ...content, Active: content.Active ?? true, Type: content.Type ?? 'STANDARD' }),
}
export const taxCode: Kind<'TaxCode'> = { accept: (_, content) => content }

function named<C extends { Name: string; Active?: boolean | undefined }>(content: C) {
  return { ...content, FullyQualifiedName: content.Name, Active: content.Active ?? true }
}

function defaultSubType({ AccountType }: Content<'Account'>): string {
  switch (AccountType) {
    case 'Bank':
      return 'Checking'
    case 'Other Current Asset':
      return 'OtherCurrentAssets'
    case 'Income':
      return 'ServiceFeeIncome'
    case 'Other Income':
      return 'OtherMiscellaneousIncome'
    default:
      return 'OtherMiscellaneousServiceCost'
  }
}
