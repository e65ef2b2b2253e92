import type { StoryFacts } from './story-facts'
import { amountsIn, dayIn, type Told } from './story-line'

type Words = Pick<Told, 'tone' | 'text' | 'detail'>

/** What the PSA was told. */
export function tellWriteBacks(facts: StoryFacts): Told[] {
  return facts.writeBacks.map((back) => ({
    at: back.doneAt ?? back.createdAt,
    by: 'psa',
    rank: 4,
    ...writeBackWords(back, facts),
  }))
}

function writeBackWords(back: StoryFacts['writeBacks'][number], { names: { psa }, locale }: StoryFacts): Words {
  const amount = amountsIn(locale)(back.amount)
  const detail = back.error === undefined ? [] : [back.error]
  switch (back.state) {
    case 'in_step':
      return back.amount.minor === 0n
        ? { tone: 'gray', text: `The payment was taken off the invoice in ${psa}.` }
        : {
            tone: 'good',
            text: `${psa} shows the payment of ${amount}.`,
            detail: back.externalId === undefined ? [] : [`Payment ${back.externalId} in ${psa}`],
          }
    case 'waiting':
      return { tone: 'gray', text: `The payment of ${amount} waits to be written to ${psa}.` }
    case 'retrying':
      return { tone: 'warn', text: `${psa} did not take the payment yet; it is tried again.`, detail }
    case 'checking':
      return {
        tone: 'warn',
        text: `It is not known yet whether ${psa} took the payment; we look before we repeat.`,
        detail,
      }
    case 'needs_you':
      return { tone: 'bad', text: `${psa} refused the payment of ${amount}.`, detail }
  }
}

/** What the books were told. */
export function tellPostings(facts: StoryFacts): Told[] {
  return facts.postings.map((posting) => ({
    at: posting.postedAt ?? posting.createdAt,
    by: 'books',
    rank: 5,
    ...postingWords(posting, facts),
  }))
}

function postingWords(posting: StoryFacts['postings'][number], { names: { books }, locale }: StoryFacts): Words {
  const amount = amountsIn(locale)(posting.amount)
  const what = kindWords[posting.kind] ?? 'movement'
  const detail = posting.error === undefined ? [] : [posting.error]
  switch (posting.state) {
    case 'posted':
      return {
        tone: 'good',
        text: `The ${what} of ${amount} was posted to ${books}.`,
        detail: posting.externalId === undefined ? [] : [`${posting.externalKind ?? 'Document'} ${posting.externalId}`],
      }
    case 'reversed':
      return { tone: 'gray', text: `The ${what} of ${amount} was reversed in ${books}.` }
    case 'waiting':
      return { tone: 'gray', text: `The ${what} of ${amount} waits to be posted to ${books}.` }
    case 'retrying':
      return { tone: 'warn', text: `${books} did not take the ${what} yet; it is tried again.`, detail }
    case 'checking':
      return {
        tone: 'warn',
        text: `It is not known yet whether ${books} took the ${what}; we look before we repeat.`,
        detail,
      }
    case 'refused':
      return { tone: 'bad', text: `${books} refused the ${what} of ${amount}.`, detail }
  }
}

/** How it reached the bank. */
export function tellPayouts({ payouts, locale }: StoryFacts): Told[] {
  const [say, day] = [amountsIn(locale), dayIn(locale)]
  return payouts.map(({ id, payoutId, amount, state, arrivesOn, createdAt }) => ({
    at: createdAt,
    by: 'payout',
    tone: state === 'paid' ? 'good' : state === 'failed' ? 'bad' : 'move',
    text:
      state === 'failed'
        ? `The deposit of ${say(amount)} it was part of failed.`
        : `It left Stripe for the bank in a deposit of ${say(amount)}.`,
    detail: [`${state === 'paid' ? 'Arrived' : 'Arrives'} ${day(arrivesOn)}`, payoutId],
    about: { kind: 'payout', id },
    rank: 6,
  }))
}

const kindWords: Record<string, string> = {
  payment: 'payment',
  surcharge: 'surcharge',
  deposit: 'deposit',
  refund: 'refund',
  return: 'return',
  dispute: 'dispute',
  reversal: 'reversal',
  fee: 'fee',
  write_off: 'write-off',
}
