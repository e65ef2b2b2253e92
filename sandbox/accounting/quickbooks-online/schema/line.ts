import { z } from 'zod'
import { amount, day, flag, linkedTxn, money, number, ref, reference, text, upTo } from './common.ts'

const itemLine = {
  ItemRef: ref,
  ClassRef: ref,
  UnitPrice: number,
  RatePercent: number,
  PriceLevelRef: ref,
  Qty: number,
  ItemAccountRef: ref,
  TaxCodeRef: ref,
  TaxClassificationRef: ref,
  ServiceDate: day,
}

const entityRef = z.strictObject({
  Type: z.enum(['Customer', 'Employee', 'Job', 'Other', 'Vendor']).optional(),
  EntityRef: reference,
})

/** A line of any transaction; which detail belongs to which transaction is a rule of that transaction. */
export const line = z.strictObject({
  Id: text,
  LineNum: z.number().int().positive().optional(),
  Description: upTo(4000),
  Amount: money,
  Received: number,
  LinkedTxn: z.array(linkedTxn).optional(),
  DetailType: z
    .enum([
      'PaymentLineDetail',
      'DiscountLineDetail',
      'TaxLineDetail',
      'SalesItemLineDetail',
      'AccountBasedExpenseLineDetail',
      'DepositLineDetail',
      'JournalEntryLineDetail',
      'DescriptionOnly',
      'SubTotalLineDetail',
    ])
    .optional(),
  SalesItemLineDetail: z
    .strictObject({ ...itemLine, TaxInclusiveAmt: number, DiscountRate: number, DiscountAmt: number })
    .optional(),
  DiscountLineDetail: z
    .strictObject({
      DiscountRef: ref,
      PercentBased: flag,
      DiscountPercent: number,
      DiscountAccountRef: ref,
      ServiceDate: day,
      ClassRef: ref,
      TaxCodeRef: ref,
    })
    .optional(),
  SubTotalLineDetail: z.strictObject({ ItemRef: ref, ServiceDate: day }).optional(),
  DescriptionLineDetail: z.strictObject({ ServiceDate: day, TaxCodeRef: ref }).optional(),
  AccountBasedExpenseLineDetail: z
    .strictObject({
      CustomerRef: ref,
      ClassRef: ref,
      AccountRef: ref,
      BillableStatus: z.enum(['Billable', 'NotBillable', 'HasBeenBilled']).optional(),
      TaxAmount: number,
      TaxCodeRef: ref,
      TaxInclusiveAmt: number,
    })
    .optional(),
  DepositLineDetail: z
    .strictObject({
      Entity: ref,
      ClassRef: ref,
      AccountRef: ref,
      PaymentMethodRef: ref,
      CheckNum: text,
      TxnType: text,
      TaxCodeRef: ref,
      TaxApplicableOn: z.enum(['Purchase', 'Sales']).optional(),
    })
    .optional(),
  JournalEntryLineDetail: z
    .strictObject({
      PostingType: z.enum(['Credit', 'Debit']),
      Entity: entityRef.optional(),
      AccountRef: reference,
      ClassRef: ref,
      DepartmentRef: ref,
      TaxCodeRef: ref,
      TaxApplicableOn: z.enum(['Purchase', 'Sales']).optional(),
      TaxAmount: number,
      BillableStatus: z.enum(['Billable', 'NotBillable', 'HasBeenBilled']).optional(),
    })
    .optional(),
})
export type Line = z.infer<typeof line>

const taxLine = z.strictObject({
  Amount: amount,
  DetailType: z.enum(['TaxLineDetail']).optional(),
  TaxLineDetail: z
    .strictObject({
      TaxRateRef: ref,
      PercentBased: flag,
      TaxPercent: number,
      NetAmountTaxable: number,
      TaxInclusiveAmount: number,
    })
    .optional(),
})

export const taxDetail = z
  .strictObject({
    DefaultTaxCodeRef: ref,
    TxnTaxCodeRef: ref,
    TotalTax: amount,
    TaxLine: z.array(taxLine).optional(),
    UseAutomatedSalesTax: flag,
  })
  .optional()
