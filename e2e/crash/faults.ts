import { webhookFaults } from '../../sandbox/kernel/faults.ts'
import type { Random } from '../../sandbox/kernel/random.ts'
import type { Sandbox } from '../../sandbox/start.ts'

/** The browser's own calls to Stripe are left alone: a person would simply fill in the form again. */
const match = '^\\w+ (?!/v1/confirmation_tokens)'
const callFaults = [
  { kind: 'rate-limit', rate: 0.03 },
  { kind: 'error-before', rate: 0.02 },
  { kind: 'error-after', rate: 0.02 },
  { kind: 'reset-before', rate: 0.02 },
  { kind: 'reset-after', rate: 0.04 },
  { kind: 'timeout-after', rate: 0.02 },
  { kind: 'truncated', rate: 0.01 },
] as const

/**
 * Makes the network and the vendors as bad as they get, the same for the same seed. A round of the night makes dozens of
 * calls and begins anew when one fails for good; for those `badness` is less.
 */
export function spoil({ stripe, connectwise, quickbooksOnline, mail }: Sandbox, random: Random, badness: number): void {
  for (const { faults } of [stripe, connectwise, quickbooksOnline]) {
    faults.seed(random.between(1, 1_000_000))
    faults.holdMs = 150
    faults.rules = callFaults.map(({ kind, rate }) => ({ kind, rate: rate * badness, match }))
    faults.webhooks = random.pick(webhookFaults)
  }
  mail.faults.seed(random.between(1, 1_000_000))
  mail.faults.rules = [
    { kind: 'greylist', rate: 0.1 },
    { kind: 'drop-after-data', rate: 0.1 },
  ]
}

export function heal({ stripe, connectwise, quickbooksOnline, mail }: Sandbox): void {
  for (const { faults } of [stripe, connectwise, quickbooksOnline]) faults.clear()
  mail.faults.clear()
}
