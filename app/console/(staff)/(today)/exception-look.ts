import {
  CalendarClock,
  CircleQuestionMark,
  Copy,
  FileWarning,
  Flag,
  Link2Off,
  type LucideIcon,
  MailWarning,
  MailX,
  OctagonX,
  PlugZap,
  Scale,
  TriangleAlert,
  Undo2,
  UserSearch,
  UserX,
} from 'lucide-react'
import type { Tone } from '@/components/ui/tone'
import type { ExceptionCause } from '@/lib/events/exception-cause'

type Look = { heading: string; tone: Tone; icon: LucideIcon; act: string }

/** Same tone and icon as the cause has elsewhere, and the word on the button that leads to it. */
export const exceptionLooks: Record<ExceptionCause, Look> = {
  returned: { heading: 'Returned by bank', tone: 'bad', icon: Undo2, act: 'Review' },
  disputed: { heading: 'In dispute', tone: 'talk', icon: Flag, act: 'Review' },
  'outcome-unknown': { heading: 'Outcome not known', tone: 'warn', icon: CircleQuestionMark, act: 'Look' },
  'payment-refused': { heading: 'Payment refused', tone: 'bad', icon: OctagonX, act: 'Look' },
  'paid-twice': { heading: 'Paid twice', tone: 'bad', icon: Copy, act: 'Review' },
  'paid-after-void': { heading: 'Paid more than owed', tone: 'warn', icon: Copy, act: 'Decide' },
  question: { heading: 'Question from a client', tone: 'talk', icon: Flag, act: 'Answer' },
  'autopay-stopped': { heading: 'Not charged by itself', tone: 'warn', icon: CalendarClock, act: 'Look' },
  'credit-to-apply': { heading: 'Credit to apply', tone: 'warn', icon: Copy, act: 'Apply' },
  'credit-gone': { heading: 'Credit no more there', tone: 'warn', icon: Undo2, act: 'Look' },
  'books-refused': { heading: 'Books refused', tone: 'bad', icon: OctagonX, act: 'Repost' },
  'psa-refused': { heading: 'PSA refused', tone: 'bad', icon: OctagonX, act: 'Retry' },
  'payout-incomplete': { heading: 'Deposit not complete', tone: 'warn', icon: CalendarClock, act: 'Look' },
  'tie-out-gap': { heading: 'Tie-out differs', tone: 'bad', icon: Scale, act: 'Compare' },
  reconnect: { heading: 'Needs a new connection', tone: 'bad', icon: PlugZap, act: 'Reconnect' },
  'sync-suspicious': { heading: 'Sync stopped to ask', tone: 'warn', icon: TriangleAlert, act: 'Look' },
  'rows-rejected': { heading: 'Rows we could not read', tone: 'warn', icon: FileWarning, act: 'Read' },
  'contact-to-check': { heading: 'Sent to the wrong person', tone: 'warn', icon: UserSearch, act: 'Look' },
  'erasure-asked': { heading: 'Wants to be erased', tone: 'talk', icon: UserX, act: 'Look' },
  'host-lost': { heading: 'Address out of use', tone: 'bad', icon: Link2Off, act: 'Look' },
  'sender-lost': { heading: 'Mail no longer vouched for', tone: 'bad', icon: MailWarning, act: 'Look' },
  'no-address': { heading: 'Nobody to send it to', tone: 'warn', icon: MailX, act: 'Look' },
  'mail-failed': { heading: 'Mail not delivered', tone: 'warn', icon: MailX, act: 'Look' },
  'refund-failed': { heading: 'Refund failed', tone: 'bad', icon: OctagonX, act: 'Review' },
  'webhook-stopped': { heading: 'Webhooks stopped', tone: 'bad', icon: PlugZap, act: 'Mend' },
  'event-dead': { heading: 'Work that gave up', tone: 'bad', icon: TriangleAlert, act: 'Look' },
  'invariant-broken': { heading: 'Books do not agree with themselves', tone: 'bad', icon: TriangleAlert, act: 'Look' },
}

/** Where a person can do something about it. */
export function exceptionHref(exception: { subjectKind: string; subjectId: string; clientId?: string }): string {
  const { subjectKind, subjectId, clientId } = exception
  switch (subjectKind) {
    case 'attempt':
      return `/console/payments/${subjectId}`
    case 'invoice':
      return `/console/invoices/${subjectId}`
    case 'payout':
      return `/console/settlements/${subjectId}`
    case 'webhook_endpoint':
      return `/console/settings/webhooks/${subjectId}`
    case 'connection':
    case 'row':
      return '/console/connections'
    case 'host':
      return '/console/settings/brand#address'
    case 'sender':
      return '/console/settings/mail#checks'
    case 'contact':
      return `/console/settings/privacy/${subjectId}`
    case 'posting':
    case 'write_back':
      return '/console/tie-out#waiting'
    default:
      return clientId === undefined ? '/console/connections' : `/console/clients/${clientId}`
  }
}
