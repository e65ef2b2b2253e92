import {
  Inbox,
  Landmark,
  type LucideIcon,
  Plug,
  ReceiptText,
  Scale,
  ScrollText,
  Settings,
  Users,
  Wallet,
} from 'lucide-react'

export type ConsolePage = {
  href: string
  name: string
  icon: LucideIcon
  key: string
  /** Not for viewers. */
  forManagers?: true
}

/** The pages there are, in the order of the sidebar. `key` is the letter after `G`. */
export const consolePages: { heading?: string; pages: ConsolePage[] }[] = [
  {
    pages: [
      { href: '/console', name: 'Today', icon: Inbox, key: 't' },
      { href: '/console/clients', name: 'Clients', icon: Users, key: 'c' },
      { href: '/console/invoices', name: 'Invoices', icon: ReceiptText, key: 'i' },
      { href: '/console/payments', name: 'Payments', icon: Wallet, key: 'p' },
      { href: '/console/settlements', name: 'Settlements', icon: Landmark, key: 's' },
    ],
  },
  {
    heading: 'Books and sync',
    pages: [
      { href: '/console/connections', name: 'Connections', icon: Plug, key: 'n' },
      { href: '/console/tie-out', name: 'Tie-out', icon: Scale, key: 'o' },
      { href: '/console/audit', name: 'Audit trail', icon: ScrollText, key: 'a', forManagers: true },
      { href: '/console/settings', name: 'Settings', icon: Settings, key: 'e' },
    ],
  },
]
