import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'

/** One row of the clients' list. */
export type ClientRow = {
  id: string
  name: string
  identifier: string
  open: Money
  overdue: Money
  openCount: number
}

export type ClientView = ClientRow & {
  phone: string
  address: { line1: string; line2: string; city: string; region: string; postalCode: string; country: string }
  termsDays?: number
  billingEmail?: string
  /** Money of theirs that pays no invoice yet. */
  credit: Money
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
