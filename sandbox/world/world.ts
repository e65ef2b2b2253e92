/**
 * The seeded world in words no vendor owns: one MSP, its clients and what it billed. Each stand-in loads it and tells it
 * in its own way. Amounts are whole cents, dates are YYYY-MM-DD. Lists are in order of id, which is the order of dates.
 */
export type World = {
  msp: WorldMsp
  clients: WorldClient[]
  agreements: WorldAgreement[]
  invoices: WorldInvoice[]
  payments: WorldPayment[]
}

export type WorldMsp = {
  key: 'larkfield' | 'boreal'
  name: string
  legalName: string
  timeZone: string
  currency: 'USD'
  street: string
  city: string
  state: string
  zip: string
  country: 'United States' | 'Canada'
  phone: string
  email: string
}

export type WorldClient = {
  id: number
  /** Short code, at most 30 letters, as a PSA's company identifier. */
  identifier: string
  name: string
  phone: string
  /** `country` where it is another than the MSP's. */
  address: { line1: string; city: string; state: string; zip: string; country?: 'Canada' }
  /** What it is billed in, where that is not the MSP's currency. */
  currency?: 'CAD'
  terms: { name: string; dueDays: number }
  contacts: WorldContact[]
  billingContactId: number
  /** Where the PSA keeps who gets the invoices: named on the client, marked on the contact, or a mere address. */
  billingBy: 'client' | 'contact' | 'address'
  invoiceEmail?: string
  invoiceCcEmail?: string
  /** The client that pays for this one. */
  billToClientId?: number
  taxRateBps: number
  /** Where there are several, each with its name and rate; every line is then taxed. `taxRateBps` is their sum, rounded. */
  taxes?: readonly WorldTax[]
  /** How this client pays: days after the due date, and how that drifts per month. */
  habit: { daysLate: number; driftDaysPerMonth: number }
}

/** `GST`, 50,000 parts per million. */
export type WorldTax = { name: string; perMillion: number }

export type WorldContact = {
  id: number
  firstName: string
  lastName: string
  email: string
  title: string
  isBilling: boolean
}

export type WorldAgreement = {
  id: number
  clientId: number
  name: string
  startOn: string
  cancelledOn?: string
  /** Billed on this day of each month, in advance. */
  billingDay: number
  /** The agreement's own monthly amount, beside its additions. */
  baseCents: number
  /** Per-device and per-seat lines; a change of quantity is a new entry with its own dates. */
  additions: WorldAddition[]
}

export type WorldAddition = {
  id: number
  product: string
  description: string
  unit: 'device' | 'seat' | 'flat'
  quantity: number
  unitPriceCents: number
  taxable: boolean
  effectiveOn: string
  /** First day on which it is no longer billed. */
  cancelledOn?: string
}

/** Amounts of a credit memo are negative. */
export type WorldInvoice = {
  id: number
  number: string
  kind: 'Agreement' | 'Standard' | 'Progress' | 'CreditMemo'
  /** What it is for, in a few words. */
  title: string
  clientId: number
  agreementId?: number
  on: string
  dueOn: string
  /** Never changed in place: months that bill the same share one line. */
  lines: readonly WorldLine[]
  taxCents: number
  /** What `taxCents` is made of, where the client pays several taxes. */
  taxes?: readonly { name: string; cents: number }[]
  totalCents: number
}

export type WorldLine = {
  /** `agreement` is the agreement's own amount, which a PSA may show in the totals only. */
  kind: 'product' | 'time' | 'expense' | 'agreement'
  description: string
  quantity: number
  unitPriceCents: number
  amountCents: number
  taxable: boolean
  /** Set when the line bills an addition of the agreement. */
  additionId?: number
}

/** Money recorded in the PSA: by a person (check, wire), by a program (other), or a credit memo applied to an invoice. */
export type WorldPayment = {
  id: number
  invoiceId: number
  on: string
  amountCents: number
  method: 'check' | 'wire' | 'credit' | 'other'
  reference: string
  creditInvoiceId?: number
}
