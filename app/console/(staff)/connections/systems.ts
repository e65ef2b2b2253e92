import { BookOpenText, CreditCard, type LucideIcon, ReceiptText } from 'lucide-react'
import type { ConnectionView } from '@/lib/reports/connections'

export type System = {
  kind: ConnectionView['kind']
  name: string
  href: string
  icon: LucideIcon
  /** What it is for, in one sentence. */
  use: string
}

/** The three systems the loop goes through, in the order money does. */
export const systems: System[] = [
  {
    kind: 'psa',
    name: 'ConnectWise PSA',
    href: '/console/connections/connectwise',
    icon: ReceiptText,
    use: 'Writes the invoices. We read clients, agreements and invoices, and put each payment back on its invoice.',
  },
  {
    kind: 'payments',
    name: 'Stripe',
    href: '/console/connections/stripe',
    icon: CreditCard,
    use: 'Takes the payments. The money goes from your client to your own Stripe account and on to your bank.',
  },
  {
    kind: 'accounting',
    name: 'QuickBooks Online',
    href: '/console/connections/quickbooks',
    icon: BookOpenText,
    use: 'Keeps the books. Each payment is applied to its invoice, each payout becomes one deposit with its fees.',
  },
]
