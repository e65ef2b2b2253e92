import type { AttemptState } from '@/lib/payments/attempt'
import type { StoryFacts } from './story-facts'
import { amountsIn, dayIn, type StoryLine, type Told } from './story-line'

type AttemptFact = StoryFacts['attempts'][number]

/** What each attempt went through before it moved money, or instead. Moved money is the journal's to tell. */
export function tellAttempts({ attempts, locale }: StoryFacts): Told[] {
  return attempts.flatMap((attempt) =>
    attempt.moves.flatMap(({ to, at }, index): Told[] => {
      const wasDisputed = attempt.moves[index - 1]?.to === 'disputed'
      const words = wasDisputed && to !== 'returned' ? won : wordsFor(to, attempt, locale)
      return words === undefined
        ? []
        : [{ at, by: 'payment', ...words, about: { kind: 'attempt', id: attempt.id }, rank: 1 }]
    }),
  )
}

const won = { tone: 'good' as const, text: 'The dispute was won. The payment stands.' }

function wordsFor(
  to: AttemptState,
  attempt: AttemptFact,
  locale: string,
): { tone: StoryLine['tone']; text: string; detail?: string[] } | undefined {
  const say = amountsIn(locale)
  const amount = say(attempt.amount)
  switch (to) {
    case 'sent':
      return {
        tone: 'gray',
        text: `${originWords[attempt.origin] ?? 'Somebody'} started a payment of ${amount}.`,
        detail: attempt.gross.minor === attempt.amount.minor ? [] : [`Part of one charge of ${say(attempt.gross)}`],
      }
    case 'requires_action':
      return { tone: 'warn', text: 'The bank asked the client to confirm it.' }
    case 'processing':
      return {
        tone: 'move',
        text: `${amount} is on its way${attempt.methodLabel === undefined ? '' : ` from ${attempt.methodLabel}`}. It is not paid yet.`,
        detail: attempt.clearsOn === undefined ? [] : [`Clears by ${dayIn(locale)(attempt.clearsOn)}`],
      }
    case 'unknown':
      return { tone: 'warn', text: 'Stripe had not answered. The invoice stayed locked, so nothing could run twice.' }
    case 'failed':
      return {
        tone: 'bad',
        text: `The payment of ${amount} did not go through. Nothing was charged.`,
        detail: attempt.failureReason === undefined ? [] : [attempt.failureReason],
      }
    case 'canceled':
      return { tone: 'gray', text: `The payment of ${amount} was canceled before anything was charged.` }
    // A dispute holds the money back without re-opening the invoice: until it is lost, the receivable does not move.
    case 'disputed':
      return {
        tone: 'talk',
        text: `The cardholder disputes the payment of ${amount}. Stripe holds the money until it is decided.`,
      }
    case 'created':
    case 'succeeded':
    case 'part_refunded':
    case 'refunded':
    case 'returned':
      return undefined
  }
}

export function tellRefunds({ refunds, locale }: StoryFacts): Told[] {
  const say = amountsIn(locale)
  return refunds.flatMap(({ amount, state, reason, createdAt, stateAt, failureReason }): Told[] => {
    const asked: Told = {
      at: createdAt,
      by: 'person',
      tone: 'gray',
      text: `A refund of ${say(amount)} was asked for.`,
      detail: reason === '' ? [] : [reason],
      rank: 1,
    }
    if (state !== 'failed') return [asked]
    const failed: Told = {
      at: stateAt,
      by: 'refund',
      tone: 'bad',
      text: `The refund of ${say(amount)} was not made.`,
      detail: failureReason === undefined ? [] : [failureReason],
      rank: 2,
    }
    return [asked, failed]
  })
}

const originWords: Record<string, string> = {
  link: 'The holder of the pay link',
  portal: 'The client, signed in,',
  staff: 'A member of staff',
  autopay: 'Autopay',
}
