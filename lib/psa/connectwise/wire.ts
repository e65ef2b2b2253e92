import { z } from 'zod'

// What we read of the vendor's records, and no more: an unknown field is no reason to refuse a row. Fields that are
// empty may be null or absent.
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '')
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const amount = z.number().nullish()
const id = z.number().int()
const Reference = z.object({ id, name: z.string().nullish() })
const reference = Reference.nullish()
export const WireInfo = z.object({ _info: z.object({ lastUpdated: z.string().nullish() }).nullish() })
export const WireId = z.object({ id })

export const WireCurrency = z.object({ currencyCode: z.string().nullish(), currencyIdentifier: z.string().nullish() })

export const WireCompany = z.object({
  id,
  identifier: text,
  name: z.string().min(1),
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  zip: text,
  country: z.object({ name: text }).nullish(),
  phoneNumber: text,
  billingTerms: reference,
  billingContact: reference,
  invoiceToEmailAddress: text,
  currency: WireCurrency.nullish(),
  deletedFlag: flag,
})
export type WireCompany = z.infer<typeof WireCompany>

export const WireContact = z.object({
  id,
  firstName: text,
  lastName: text,
  title: text,
  company: reference,
  inactiveFlag: flag,
  defaultBillingFlag: flag,
  defaultFlag: flag,
  communicationItems: z
    .array(z.object({ value: text, defaultFlag: flag, communicationType: z.string().nullish() }))
    .nullish(),
})
export type WireContact = z.infer<typeof WireContact>

export const WireTerms = z.object({ id, dueDays: z.number().int().min(0).nullish() })

export const WireAgreement = z.object({
  id,
  name: z.string().min(1),
  company: Reference,
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
  dateCancelled: z.string().nullish(),
  noEndingDateFlag: flag,
  agreementStatus: text,
  currency: WireCurrency.nullish(),
})
export type WireAgreement = z.infer<typeof WireAgreement>

export const WireAddition = z.object({
  id,
  product: z.object({ identifier: text }).nullish(),
  description: text,
  invoiceDescription: text,
  quantity: z.number(),
  unitPrice: amount,
  billCustomer: z.string().nullish(),
  effectiveDate: z.string().nullish(),
  cancelledDate: z.string().nullish(),
})
export type WireAddition = z.infer<typeof WireAddition>

export const WireInvoice = z.object({
  id,
  invoiceNumber: z.string().min(1),
  type: z.enum(['Agreement', 'CreditMemo', 'DownPayment', 'Miscellaneous', 'Progress', 'Standard']),
  status: z.object({ name: text, isClosed: flag }).nullish(),
  company: Reference,
  billToCompany: reference,
  agreement: reference,
  date: z.string(),
  dueDate: z.string().nullish(),
  agreementAmount: amount,
  salesTax: amount,
  total: z.number(),
  payments: amount,
  credits: amount,
  balance: z.number(),
  currency: WireCurrency.nullish(),
  internalNotes: text,
})
export type WireInvoice = z.infer<typeof WireInvoice>

export const WireBalance = z.object({ id, balance: z.number(), currency: WireCurrency.nullish() })

export const WireProduct = z.object({
  id,
  invoice: WireId,
  sequenceNumber: z.number().nullish(),
  description: text,
  customerDescription: text,
  quantity: z.number().nullish(),
  price: amount,
  extPrice: amount,
  discount: amount,
  taxableFlag: flag,
  productClass: z.string().nullish(),
  billableOption: z.string().nullish(),
  cancelledFlag: flag,
  agreement: reference,
})
export type WireProduct = z.infer<typeof WireProduct>

export const WireTime = z.object({
  id,
  invoice: WireId,
  notes: text,
  workType: reference,
  invoiceHours: z.number().nullish(),
  hoursBilled: z.number().nullish(),
  hourlyRate: amount,
  extendedInvoiceAmount: amount,
  billableOption: z.string().nullish(),
})
export type WireTime = z.infer<typeof WireTime>

export const WireExpense = z.object({
  id,
  invoice: WireId,
  notes: text,
  type: reference,
  invoiceAmount: amount,
  billAmount: amount,
  amount,
  billableOption: z.string().nullish(),
})
export type WireExpense = z.infer<typeof WireExpense>

export const WirePayment = z.object({
  id,
  amount: z.number(),
  paymentDate: z.string().nullish(),
  credit: WireId.nullish(),
})
export type WirePayment = z.infer<typeof WirePayment>

/** Any line, as far as it says where it belongs. */
export const WireLine = z.object({ invoice: WireId })

export const WireCallback = z.object({ id, url: z.string(), type: z.string(), level: z.string() })

/** The fields asked for of each kind of line: a product alone has some eighty. */
export const lineFields = {
  products:
    'id,invoice/id,sequenceNumber,description,customerDescription,quantity,price,extPrice,discount,taxableFlag,productClass,billableOption,cancelledFlag,agreement/id,agreement/name',
  times:
    'id,invoice/id,notes,workType/id,workType/name,invoiceHours,hoursBilled,hourlyRate,extendedInvoiceAmount,billableOption',
  expenses: 'id,invoice/id,notes,type/id,type/name,invoiceAmount,billAmount,amount,billableOption',
} as const
