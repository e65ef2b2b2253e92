import { expect, test } from 'vitest'
import { money } from '@/lib/money/money'
import { tellStory } from './invoice-story'
import type { StoryFacts } from './story-facts'

const usd = (minor: bigint) => money(minor, 'USD')
const at = (text: string) => new Date(text)

const line = (description: string, quantity: string, minor: bigint) => ({
  heading: 'Managed Care Complete',
  description,
  quantity,
  amount: usd(minor),
})

const facts: StoryFacts = {
  locale: 'en-US',
  invoice: { number: '20418', currency: 'USD', psaType: 'Agreement', dueOn: '2026-12-02', isCredit: false },
  names: { psa: 'ConnectWise', books: 'QuickBooks' },
  versions: [
    { version: 1, total: usd(450_000n), seenAt: at('2026-11-02T08:00:00Z'), lines: [line('Seats', '36', 450_000n)] },
    {
      version: 2,
      total: usd(491_314n),
      seenAt: at('2026-11-03T08:00:00Z'),
      lines: [line('Seats', '39', 487_500n), line('Firewall', '1', 3_814n)],
    },
  ],
  entries: [
    { cause: { kind: 'invoice.mirrored', id: 'i' }, at: at('2026-11-02T08:00:00Z'), deltaMinor: 450_000n },
    { cause: { kind: 'invoice.changed', id: 'i:2' }, at: at('2026-11-03T08:00:00Z'), deltaMinor: 41_314n },
    {
      cause: { kind: 'payment.succeeded', id: 'a2' },
      at: at('2026-11-20T15:00:00Z'),
      deltaMinor: -491_314n,
      attemptId: 'a2',
    },
    {
      cause: { kind: 'payment.returned', id: 'd1' },
      at: at('2026-11-25T15:00:00Z'),
      deltaMinor: 491_314n,
      attemptId: 'a2',
    },
  ],
  messages: [
    {
      kind: 'pay_now',
      to: 'dana@hadley.example',
      state: 'sent',
      createdAt: at('2026-11-03T08:01:00Z'),
      sentAt: at('2026-11-03T08:01:05Z'),
    },
  ],
  links: [{ createdAt: at('2026-11-03T08:01:00Z'), viewedAt: at('2026-11-15T14:00:00Z') }],
  recorded: [],
  attempts: [
    {
      id: 'a1',
      origin: 'link',
      amount: usd(491_314n),
      gross: usd(491_314n),
      failureReason: 'The bank declined because it is above the card’s limit.',
      moves: [
        { to: 'created', at: at('2026-11-15T14:05:00Z') },
        { to: 'sent', at: at('2026-11-15T14:05:00Z') },
        { to: 'failed', at: at('2026-11-15T14:05:02Z') },
      ],
    },
    {
      id: 'a2',
      origin: 'portal',
      amount: usd(491_314n),
      gross: usd(555_314n),
      methodLabel: 'Genesee Federal, 6781',
      clearsOn: '2026-11-20',
      fee: usd(500n),
      moves: [
        { to: 'created', at: at('2026-11-16T14:05:00Z') },
        { to: 'sent', at: at('2026-11-16T14:05:00Z') },
        { to: 'processing', at: at('2026-11-16T14:05:02Z') },
        { to: 'succeeded', at: at('2026-11-20T15:00:00Z') },
        { to: 'returned', at: at('2026-11-25T15:00:00Z') },
      ],
    },
  ],
  refunds: [],
  disputes: [{ id: 'd1', kind: 'return', reason: 'R01, not enough funds', amount: usd(491_314n) }],
  writeBacks: [
    {
      state: 'in_step',
      amount: usd(0n),
      createdAt: at('2026-11-20T15:00:01Z'),
      doneAt: at('2026-11-25T15:00:03Z'),
    },
  ],
  postings: [
    {
      kind: 'payment',
      state: 'posted',
      amount: usd(491_314n),
      createdAt: at('2026-11-20T15:00:00Z'),
      postedAt: at('2026-11-20T15:00:04Z'),
      externalKind: 'Payment',
      externalId: '812',
    },
  ],
  payouts: [],
  exceptions: [
    {
      detail: 'Genesee Federal sent back $4,913.14.',
      nextStep: 'Ask for another account.',
      openedAt: at('2026-11-25T15:00:00Z'),
    },
  ],
}

test('the changes told add up to what is owed, line by line', () => {
  const money = tellStory(facts).filter(({ change }) => change !== undefined)
  expect(money.map(({ balance }) => balance?.minor)).toEqual([450_000n, 491_314n, 0n, 491_314n])
})

test('every instant is told in order and each thing once', () => {
  const story = tellStory(facts)
  expect(story.map(({ text }) => text)).toEqual([
    'ConnectWise issued invoice 20418 for $4,500.00.',
    'ConnectWise changed it: $413.14 more.',
    'The invoice with its pay link was mailed to dana@hadley.example.',
    'The pay link was opened.',
    'The holder of the pay link started a payment of $4,913.14.',
    'The payment of $4,913.14 did not go through. Nothing was charged.',
    'The client, signed in, started a payment of $4,913.14.',
    '$4,913.14 is on its way from Genesee Federal, 6781. It is not paid yet.',
    '$4,913.14 paid, Genesee Federal, 6781.',
    'The payment of $4,913.14 was posted to QuickBooks.',
    'The bank sent $4,913.14 back. The invoice is open again.',
    'Put before a person: Genesee Federal sent back $4,913.14.',
    'The payment was taken off the invoice in ConnectWise.',
  ])
  expect(story.map(({ at }) => at.getTime())).toEqual(story.map(({ at }) => at.getTime()).sort((a, b) => a - b))
})

test('a change names the lines that made it', () => {
  const change = tellStory(facts)[1]
  expect(change?.detail).toEqual([
    'Seats: 36 are now 39, $4,500.00 is now $4,875.00',
    'Added: Firewall, $38.14',
    'Total: $4,500.00 is now $4,913.14',
  ])
})

test('on its way is never told as paid, and a decline says why', () => {
  const story = tellStory(facts)
  expect(story.find(({ text }) => text.includes('on its way'))?.tone).toBe('move')
  expect(story.find(({ text }) => text.includes('did not go through'))?.detail).toEqual([
    'The bank declined because it is above the card’s limit.',
  ])
})
