import type { AttemptState } from './attempt'
import type { IntentNews } from './gateway'

/** What a payment intent, as it stands, means for an attempt as we have it. `stay` when it tells nothing new. */
export type Move =
  | { to: 'stay' }
  | { to: 'succeeded' | 'processing' | 'requires_action' | 'canceled' }
  | { to: 'failed'; code: string }

/**
 * The order in which news arrives does not matter: an intent is read again before it is believed, so what it says is
 * true at some moment no later than now. An answer from an earlier moment than what we already know changes nothing.
 */
export function decideMove(state: AttemptState, news: Pick<IntentNews, 'status' | 'failure'>): Move {
  switch (news.status) {
    case 'succeeded':
      return afterSuccess.includes(state) ? { to: 'stay' } : { to: 'succeeded' }
    case 'processing':
      return state === 'processing' || afterSuccess.includes(state) ? { to: 'stay' } : { to: 'processing' }
    case 'requires_action':
      return waiting.includes(state) ? { to: 'requires_action' } : { to: 'stay' }
    case 'requires_payment_method':
      // Without an error it was never confirmed: nothing happened yet.
      return news.failure === undefined || ended.includes(state)
        ? { to: 'stay' }
        : { to: 'failed', code: news.failure.code }
    case 'canceled':
      return ended.includes(state) ? { to: 'stay' } : { to: 'canceled' }
    case 'other':
      return { to: 'stay' }
  }
}

const afterSuccess: AttemptState[] = ['succeeded', 'part_refunded', 'refunded', 'disputed', 'returned']
const ended: AttemptState[] = [...afterSuccess, 'failed', 'canceled']
const waiting: AttemptState[] = ['created', 'sent', 'unknown']
