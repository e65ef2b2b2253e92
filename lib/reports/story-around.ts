import type { StoryFacts } from './story-facts'
import type { Told } from './story-line'

/** What the client and the staff were told. */
export function tellMails({ messages }: StoryFacts): Told[] {
  return messages.map(({ kind, to, state, createdAt, sentAt, error }) => {
    const what = mailWords[kind] ?? 'A message'
    const failed = state === 'failed'
    return {
      at: sentAt ?? createdAt,
      by: 'mail',
      tone: failed ? 'bad' : 'gray',
      text: failed
        ? `${what} could not be mailed to ${to}.`
        : `${what} ${state === 'sent' ? 'was' : 'is being'} mailed to ${to}.`,
      detail: failed && error !== undefined ? [error] : [],
      rank: 3,
    }
  })
}

export function tellViews({ links }: StoryFacts): Told[] {
  return links.flatMap(({ viewedAt, revokedAt }): Told[] => [
    ...(viewedAt === undefined ? [] : [gray(viewedAt, 'client', 'The pay link was opened.', 3)]),
    ...(revokedAt === undefined ? [] : [gray(revokedAt, 'person', 'A pay link was revoked.', 3)]),
  ])
}

export function tellExceptions({ exceptions }: StoryFacts): Told[] {
  return exceptions.flatMap(({ detail, nextStep, openedAt, closedAt }): Told[] => [
    { at: openedAt, by: 'person', tone: 'warn', text: `Put before a person: ${detail}`, detail: [nextStep], rank: 7 },
    ...(closedAt === undefined ? [] : [gray(closedAt, 'person', 'That was dealt with.', 8)]),
  ])
}

function gray(at: Date, by: Told['by'], text: string, rank: number): Told {
  return { at, by, tone: 'gray', text, rank }
}

const mailWords: Record<string, string> = {
  pay_now: 'The invoice with its pay link',
  payment_received: 'The receipt',
  payment_on_its_way: 'The note that the payment is on its way',
  payment_failed: 'The note that the payment did not go through',
  payment_returned: 'The note that the bank sent the payment back',
  refund_made: 'The note about the refund',
  question_answered: 'The answer to the question',
  staff_notice: 'A notice for your staff',
}
