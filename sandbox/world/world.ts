/**
 * The seeded world in words no vendor owns: one MSP, its clients and what it billed. Each stand-in loads it and tells it
 * in its own way. Amounts are whole cents, dates are YYYY-MM-DD.
 */
export type World = {
  msp: { name: string; legalName: string; timeZone: string; currency: 'USD'; city: string; state: string }
  clients: WorldClient[]
  agreements: WorldAgreement[]
  invoices: WorldInvoice[]
  payments: WorldPayment[]
}

export type WorldClient = {
  id: number
  /** Short code, at most 30 letters, as a PSA's company identifier. */
  identifier: string
  name: string
  phone: string
  address: { line1: string; city: string; state: string; zip: string }
  terms: { name: string; dueDays: number }
  contacts: WorldContact[]
  billingContactId: number
  taxRateBps: number
  /** How this client pays: days after the due date, and how that drifts per month. */
  habit: { daysLate: number; driftDaysPerMonth: number }
}

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
  effectiveOn: string
  cancelledOn?: string
}

export type WorldInvoice = {
  id: number
  number: string
  kind: 'Agreement' | 'Standard' | 'Progress' | 'CreditMemo'
  clientId: number
  agreementId?: number
  on: string
  dueOn: string
  lines: WorldLine[]
  taxCents: number
  totalCents: number
}

export type WorldLine = {
  kind: 'product' | 'time' | 'expense'
  description: string
  quantity: number
  unitPriceCents: number
  amountCents: number
  taxable: boolean
  /** Set when the line bills an addition of the agreement. */
  additionId?: number
}

/** Money that came in before Closeloop (cheque, wire), or a credit memo applied to an invoice. */
export type WorldPayment = {
  id: number
  invoiceId: number
  on: string
  amountCents: number
  method: 'check' | 'wire' | 'credit'
  reference: string
  creditInvoiceId?: number
}
