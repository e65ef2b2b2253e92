import { money } from '@/lib/money/money'
import type { StoryFacts } from './story-facts'
import { amountsIn, dayIn, type StoryActor, type StoryLine, type Told } from './story-line'
import { describeChange } from './version-change'

type Fact = StoryFacts['entries'][number]

/** The journal's own lines: everything that changed what is owed. */
export function tellMovements(facts: StoryFacts): Told[] {
  return facts.entries.map((entry) => {
    const { by, tone, text, detail = [] } = wordsFor(entry, facts)
    return {
      at: entry.at,
      by,
      tone,
      text,
      detail,
      change: money(entry.deltaMinor, facts.invoice.currency),
      // What was asked for comes before what was started, and that before what came of it.
      rank: entry.cause.kind.startsWith('invoice.') ? 0 : 2,
      ...(entry.attemptId === undefined ? {} : { about: { kind: 'attempt' as const, id: entry.attemptId } }),
    }
  })
}

type Words = { by: StoryActor; tone: StoryLine['tone']; text: string; detail?: string[] }

function wordsFor({ cause, deltaMinor, attemptId }: Fact, facts: StoryFacts): Words {
  const say = amountsIn(facts.locale)
  const { psa } = facts.names
  const size = say(money(deltaMinor < 0n ? -deltaMinor : deltaMinor, facts.invoice.currency))
  switch (cause.kind) {
    case 'invoice.mirrored':
      return {
        by: 'psa',
        tone: 'gray',
        text: `${psa} issued ${facts.invoice.isCredit ? 'credit memo' : 'invoice'} ${facts.invoice.number} for ${size}.`,
        detail: [`${facts.invoice.psaType}, due ${dayIn(facts.locale)(facts.invoice.dueOn)}`],
      }
    case 'invoice.changed':
      return {
        by: 'psa',
        tone: 'warn',
        text: `${psa} changed it: ${size} ${deltaMinor < 0n ? 'less' : 'more'}.`,
        detail: changesOf(facts, cause.id),
      }
    case 'invoice.voided':
      return { by: 'psa', tone: 'gray', text: `${psa} voided it. Nothing is owed on it any more.` }
    case 'recorded.paid': {
      const row = facts.recorded.find(({ id }) => id === cause.id)
      return {
        by: 'psa',
        tone: 'good',
        text: row?.isCredit
          ? `A credit of ${size} was applied in ${psa}.`
          : `${psa} recorded a payment of ${size} made elsewhere.`,
        ...(row === undefined ? {} : { detail: [`Dated ${dayIn(facts.locale)(row.paidOn)}`] }),
      }
    }
    case 'credit.applied':
      return { by: 'payment', tone: 'good', text: `${size} paid with the client’s credit.` }
    case 'credit.withdrawn':
      return {
        by: 'payment',
        tone: 'warn',
        text: `Credit of ${size} that had paid it is no more there. The invoice is open again.`,
      }
    case 'recorded.removed':
      return { by: 'psa', tone: 'warn', text: `${psa} took a recorded payment of ${size} off again.` }
    case 'payment.succeeded': {
      const attempt = facts.attempts.find(({ id }) => id === attemptId)
      const label = attempt?.methodLabel === undefined ? '' : `, ${attempt.methodLabel}`
      return {
        by: 'payment',
        tone: 'good',
        text: `${size} paid${label}.`,
        ...(attempt?.fee === undefined
          ? {}
          : { detail: [`Stripe kept ${say(attempt.fee)} of ${say(attempt.gross)} as its fee`] }),
      }
    }
    case 'refund.succeeded':
      return { by: 'refund', tone: 'warn', text: `${size} was refunded to the client.` }
    case 'refund.reversed':
      return { by: 'refund', tone: 'warn', text: `The refund of ${size} failed at the bank; the money is back.` }
    case 'payment.returned':
      return {
        by: 'bank',
        tone: 'bad',
        text: `The bank sent ${size} back. The invoice is open again.`,
        detail: reasonOf(facts, cause.id),
      }
    case 'dispute.opened':
      return {
        by: 'bank',
        tone: 'talk',
        text: `The client’s bank opened a dispute over ${size}.`,
        detail: reasonOf(facts, cause.id),
      }
    case 'dispute.won':
      return { by: 'bank', tone: 'good', text: `The dispute over ${size} was won.` }
    case 'dispute.lost':
      return { by: 'bank', tone: 'bad', text: `The dispute was lost: ${size} is with the client.` }
    case 'write_off':
      return { by: 'person', tone: 'gray', text: `${size} was written off.` }
    case 'fee.charged':
    case 'payout.paid':
    case 'payout.failed':
      return { by: 'payout', tone: 'gray', text: `${size} moved between Stripe and the bank.` }
  }
}

function reasonOf({ disputes }: StoryFacts, id: string): string[] {
  const dispute = disputes.find((one) => one.id === id)
  return dispute === undefined ? [] : [`Reason: ${dispute.reason.replaceAll('_', ' ')}`]
}

/** The cause of a change is `invoiceId:version`. */
function changesOf({ versions, locale }: StoryFacts, causeId: string): string[] {
  const number = Number(causeId.slice(causeId.lastIndexOf(':') + 1))
  const after = versions.find(({ version }) => version === number)
  const before = versions.filter(({ version }) => version < number).sort((a, b) => b.version - a.version)[0]
  return after === undefined || before === undefined ? [] : describeChange(before, after, locale)
}
