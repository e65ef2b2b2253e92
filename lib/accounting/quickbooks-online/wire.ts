import { z } from 'zod'

/** QuickBooks' records, as far as we read them. Source: the entity definitions of Intuit's Java SDK (Finance.xsd). */

const Ref = z.object({ value: z.string(), name: z.string().optional() })
const LinkedTxn = z.object({ TxnId: z.string(), TxnType: z.string(), TxnLineId: z.string().optional() })
export type LinkedTxn = z.infer<typeof LinkedTxn>

const JournalEntryLineDetail = z.object({ PostingType: z.enum(['Debit', 'Credit']), AccountRef: Ref })

const Line = z.object({
  Id: z.string().optional(),
  Amount: z.number().default(0),
  LinkedTxn: z.array(LinkedTxn).default([]),
  JournalEntryLineDetail: JournalEntryLineDetail.optional(),
})

const written = {
  Id: z.string(),
  SyncToken: z.string(),
  TxnDate: z.iso.date(),
  TotalAmt: z.number(),
  PrivateNote: z.string().default(''),
  CurrencyRef: Ref.optional(),
  /** What a unit of its currency is in the company's own. */
  ExchangeRate: z.number().positive().optional(),
}

export const Payment = z.object({
  ...written,
  PaymentRefNum: z.string().default(''),
  CustomerRef: Ref,
  Line: z.array(Line).default([]),
})
export type Payment = z.infer<typeof Payment>

const Deposit = z.object({ ...written, Line: z.array(Line).default([]) })

export const JournalEntry = z.object({
  ...written,
  DocNumber: z.string().default(''),
  // A projection may leave it out; then the lines tell.
  TotalAmt: z.number().optional(),
  Line: z.array(Line).default([]),
})
export type JournalEntry = z.infer<typeof JournalEntry>

export const Invoice = z.object({
  Id: z.string(),
  DocNumber: z.string().default(''),
  TxnDate: z.iso.date(),
  TotalAmt: z.number(),
  Balance: z.number(),
  CustomerRef: Ref,
  CurrencyRef: Ref,
  ExchangeRate: z.number().positive().optional(),
})
export type Invoice = z.infer<typeof Invoice>

export const Account = z.object({
  Id: z.string(),
  Name: z.string(),
  AcctNum: z.string().optional(),
  AccountType: z.string(),
  AccountSubType: z.string().default(''),
  Active: z.boolean().default(true),
  CurrencyRef: Ref.optional(),
})
export type Account = z.infer<typeof Account>

export const CompanyInfo = z.object({ CompanyName: z.string(), Country: z.string().default('') })

export const Preferences = z.object({
  AccountingInfoPrefs: z.object({ BookCloseDate: z.iso.date().optional() }).default({}),
  SalesFormsPrefs: z
    .object({ AutoApplyCredit: z.boolean().default(false), AutoApplyPayments: z.boolean().default(false) })
    .default({ AutoApplyCredit: false, AutoApplyPayments: false }),
  CurrencyPrefs: z.object({ HomeCurrency: Ref, MultiCurrencyEnabled: z.boolean().default(false) }),
})
export type Preferences = z.infer<typeof Preferences>

export const Fault = z.object({
  Fault: z.object({
    Error: z
      .array(
        z.object({ Message: z.string().default(''), Detail: z.string().default(''), code: z.string().default('') }),
      )
      .min(1),
    type: z.string().default(''),
  }),
})

/** What each kind of record is called on the wire, and how it is read. */
export const entities = { Payment, Deposit, JournalEntry, Invoice, Account } as const
export type EntityName = keyof typeof entities
export type Entity<Name extends EntityName> = z.infer<(typeof entities)[Name]>

/** The kinds of record we write. */
export type DocumentName = 'Payment' | 'Deposit' | 'JournalEntry'
