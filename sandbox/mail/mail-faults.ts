import { z } from 'zod'
import { Random } from '../kernel/random.ts'

/** What can go wrong with one recipient or one message. */
export const mailFaults = ['greylist', 'reject', 'drop-after-data'] as const
type MailFault = (typeof mailFaults)[number]

type MailFaultRule = {
  kind: MailFault
  /** Regular expression over the recipient's address. */
  match?: string
  times?: number
  rate?: number
}

/** The faults of the mail server: `greylist` answers 451, `reject` 550, `drop-after-data` takes the mail and hangs up. */
export class MailFaults {
  rules: MailFaultRule[] = []
  latencyMs = 0
  private random = new Random(1)

  seed(seed: number): void {
    this.random = new Random(seed)
  }

  clear(): void {
    this.rules = []
    this.latencyMs = 0
  }

  /** The first of `kinds` that hits mail to this address; counts it. */
  draw(kinds: readonly MailFault[], address: string): MailFault | undefined {
    for (const rule of this.rules) {
      if (!kinds.includes(rule.kind)) continue
      if (rule.match !== undefined && !new RegExp(rule.match, 'i').test(address)) continue
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

/** A regular expression as text, refused before it can break the call it is meant to match. */
export const pattern = z.string().refine((text) => {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}, 'is not a regular expression')
