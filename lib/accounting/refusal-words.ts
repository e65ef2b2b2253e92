import { addDays, type PlainDate } from '@/lib/base/clock'
import type { ConnectorFault } from '@/lib/connectors/connector-fault'

export type RefusalWords = { detail: string; nextStep: string }

/** What a person reads about a posting the books refused, and what they can do about it. */
export function refusalWords(fault: ConnectorFault, books: string, closedThrough?: PlainDate): RefusalWords {
  switch (fault.code) {
    case '6200':
    case '6210':
      return {
        detail:
          closedThrough === undefined
            ? `${books}: the period is closed.`
            : `${books}: the period is closed through ${closedThrough}.`,
        nextStep:
          closedThrough === undefined
            ? 'Open the period and post again, or post it on a later date.'
            : `Post it on ${addDays(closedThrough, 1)}, or open the period and post again.`,
      }
    case '610':
    case '2500':
      return {
        detail: fault.message,
        nextStep:
          'Something it needs was deleted or made inactive there. Restore it, or choose another account, then post again.',
      }
    case '6430':
      return { detail: fault.message, nextStep: 'Choose an account of the right type in Connections, then post again.' }
    case '6540':
      return { detail: fault.message, nextStep: 'Take the payment out of its deposit there, then post again.' }
    default:
      return {
        detail: fault.message,
        nextStep:
          fault.cure === 'stop'
            ? 'This is a defect of ours: please report it with these words.'
            : 'Mend it there, then post again.',
      }
  }
}
