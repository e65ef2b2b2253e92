import type { Books } from './books.ts'
import { systemAccounts } from './chart-of-accounts.ts'
import { home } from './currencies.ts'
import { pacificSecond } from './pacific-time.ts'

export function companyInfo(books: Books): Record<string, unknown> {
  const { company } = books
  const at = pacificSecond(company.startedAt.getTime())
  const address = {
    Id: '1',
    Line1: '120 Main Street',
    City: company.city,
    CountrySubDivisionCode: company.state,
    Country: 'US',
  }
  return {
    CompanyName: company.name,
    LegalName: company.legalName,
    CompanyAddr: address,
    CustomerCommunicationAddr: address,
    LegalAddr: address,
    Country: 'US',
    SupportedLanguages: 'en',
    FiscalYearStartMonth: 'January',
    CompanyStartDate: at.slice(0, 10),
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '4',
    MetaData: { CreateTime: at, LastUpdatedTime: at },
  }
}

export function preferences(books: Books): Record<string, unknown> {
  const { bookCloseDate, customTxnNumbers, autoApplyCredit, autoApplyPayments, multicurrency } = books.settings
  const at = pacificSecond(books.company.startedAt.getTime())
  return {
    AccountingInfoPrefs: {
      UseAccountNumbers: false,
      DefaultARAccount: { value: systemAccounts.receivable },
      TrackDepartments: true,
      DepartmentTerminology: 'Location',
      ClassTrackingPerTxn: false,
      ClassTrackingPerTxnLine: true,
      FirstMonthOfFiscalYear: 'January',
      TaxYearMonth: 'January',
      ...(bookCloseDate !== undefined && { BookCloseDate: bookCloseDate }),
      CustomerTerminology: 'Customers',
    },
    SalesFormsPrefs: {
      CustomTxnNumbers: customTxnNumbers,
      AllowDeposit: false,
      AllowDiscount: true,
      AllowServiceDate: true,
      AutoApplyCredit: autoApplyCredit,
      AutoApplyPayments: autoApplyPayments,
    },
    TaxPrefs: { UsingSalesTax: true, PartnerTaxEnabled: false },
    CurrencyPrefs: { MultiCurrencyEnabled: multicurrency, HomeCurrency: { value: home } },
    ReportPrefs: { ReportBasis: 'Accrual', CalcAgingReportFromTxnDate: false },
    domain: 'QBO',
    sparse: false,
    Id: '1',
    SyncToken: '3',
    MetaData: { CreateTime: at, LastUpdatedTime: at },
  }
}
