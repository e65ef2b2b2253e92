import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'

/** What a client owes in one currency. */
export type Owed = { open: Money; overdue: Money; openCount: number }

/** One row of the clients' list: what it owes in its own currency, and beside it in others it was billed in. */
export type ClientRow = Owed & {
  id: string
  name: string
  identifier: string
  others: Owed[]
}

export type ClientView = ClientRow & {
  phone: string
  address: { line1: string; line2: string; city: string; region: string; postalCode: string; country: string }
  termsDays?: number
  billingEmail?: string
  /** Money of theirs that pays no invoice yet. */
  credit: Money
  /** The same in other currencies, where there is any. */
  otherCredits: Money[]
  contacts: ContactView[]
  agreements: AgreementView[]
}

export type ContactView = {
  id: string
  name: string
  email?: string
  title: string
  isBilling: boolean
  role: 'owner' | 'payer' | 'viewer'
}

export type AgreementView = {
  id: string
  name: string
  status: string
  startsOn?: PlainDate
  endsOn?: PlainDate
  additions: {
    description: string
    quantity: string
    unitPrice: Money
    effectiveOn?: PlainDate
    cancelledOn?: PlainDate
  }[]
}
