import { money } from '@/lib/money/money'
import { tellExceptions, tellMails, tellViews } from './story-around'
import type { StoryFacts } from './story-facts'
import type { StoryLine } from './story-line'
import { tellMovements } from './story-of-money'
import { tellAttempts, tellRefunds } from './story-of-payments'
import { tellPayouts, tellPostings, tellWriteBacks } from './story-of-systems'

/**
 * What happened to an invoice, from the PSA's first word to the deposit, oldest first. Every line about money stands on
 * a journal entry: its changes add up to the balance shown on the last of them.
 */
export function tellStory(facts: StoryFacts): StoryLine[] {
  const told = [
    ...tellMovements(facts),
    ...tellAttempts(facts),
    ...tellRefunds(facts),
    ...tellMails(facts),
    ...tellViews(facts),
    ...tellWriteBacks(facts),
    ...tellPostings(facts),
    ...tellPayouts(facts),
    ...tellExceptions(facts),
  ]
  told.sort((a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank)
  let owed = 0n
  return told.map(({ rank: _, detail = [], ...line }) => {
    if (line.change === undefined) return { ...line, detail }
    owed += line.change.minor
    return { ...line, detail, balance: money(owed, facts.invoice.currency) }
  })
}
