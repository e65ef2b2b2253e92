import { Random } from './random.ts'

/** What can go wrong with one call. "Before" and "after" say whether the call had its effect. */
export const callFaults = [
  'rate-limit',
  'error-before',
  'error-after',
  'timeout-before',
  'timeout-after',
  'reset-before',
  'reset-after',
  'truncated',
  'html',
] as const
export type CallFault = (typeof callFaults)[number]

/** What can go wrong with an outgoing notification. `never` means the vendor never makes the event at all. */
export const webhookFaults = ['as-usual', 'twice', 'lost', 'reordered', 'never'] as const
export type WebhookFault = (typeof webhookFaults)[number]

export type FaultRule = {
  kind: CallFault
  /** Regular expression over "METHOD /path". */
  match?: string
  /** How many matching calls it hits; absent means until it is removed. */
  times?: number
  /** Chance per matching call, 0 to 1; absent means always. */
  rate?: number
}

/** The faults of one service: a list of rules, a latency, a way to treat webhooks. Deterministic for a seed. */
export class Faults {
  rules: FaultRule[] = []
  latencyMs = 0
  webhooks: WebhookFault = 'as-usual'
  /** How long a timed-out call is held before the socket is cut. */
  holdMs = 30_000
  private random = new Random(1)

  seed(seed: number): void {
    this.random = new Random(seed)
  }

  clear(): void {
    this.rules = []
    this.latencyMs = 0
    this.webhooks = 'as-usual'
    this.holdMs = 30_000
  }

  /** The fault that hits this call, if any; counts it. */
  draw(method: string, path: string): CallFault | undefined {
    for (const rule of this.rules) {
      if (rule.match !== undefined && !new RegExp(rule.match).test(`${method} ${path}`)) continue
      if (rule.rate !== undefined && !this.random.chance(rule.rate)) continue
      if (rule.times !== undefined) {
        rule.times -= 1
        if (rule.times <= 0) this.rules = this.rules.filter((other) => other !== rule)
      }
      return rule.kind
    }
    return undefined
  }
}
