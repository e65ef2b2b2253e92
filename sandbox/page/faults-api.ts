import { z } from 'zod'
import { callFaults, type FaultRule, type Faults, webhookFaults } from '../kernel/faults.ts'
import { type MailFaults, mailFaults, pattern } from '../mail/mail-faults.ts'
import { mailFaultsRequest, setMailFaults } from '../mail/start-mail.ts'

/** The faults of every stand-in that has some, by the name it has in addresses. */
export type FaultBoard = { stripe: Faults; connectwise: Faults; quickbooksOnline: Faults; smtp: MailFaults }
export type FaultyService = keyof FaultBoard

export const faultyServices = ['stripe', 'connectwise', 'quickbooksOnline', 'smtp'] as const

const faultRule = z.strictObject({
  kind: z.enum(callFaults),
  match: pattern.optional(),
  times: z.number().int().positive().optional(),
  rate: z.number().min(0).max(1).optional(),
})
const faultsRequest = z.strictObject({
  rules: z.array(faultRule).optional(),
  latencyMs: z.number().int().min(0).max(60_000).optional(),
  webhooks: z.enum(webhookFaults).optional(),
  holdMs: z.number().int().min(0).optional(),
  seed: z.number().optional(),
})

export function faultState(board: FaultBoard) {
  const state = ({ rules, latencyMs, webhooks, holdMs }: Faults) => ({ rules, latencyMs, webhooks, holdMs })
  return {
    stripe: state(board.stripe),
    connectwise: state(board.connectwise),
    quickbooksOnline: state(board.quickbooksOnline),
    smtp: { rules: board.smtp.rules, latencyMs: board.smtp.latencyMs },
  }
}

/** Sets what the request names and leaves the rest. Throws a ZodError when it cannot be read. */
export function setFaults(board: FaultBoard, service: FaultyService, request: unknown): void {
  if (service === 'smtp') {
    setMailFaults(board.smtp, mailFaultsRequest.parse(request))
    return
  }
  const faults = board[service]
  const { rules, latencyMs, webhooks, holdMs, seed } = faultsRequest.parse(request)
  if (rules !== undefined) faults.rules = rules.map(withoutHoles)
  faults.latencyMs = latencyMs ?? faults.latencyMs
  faults.webhooks = webhooks ?? faults.webhooks
  faults.holdMs = holdMs ?? faults.holdMs
  if (seed !== undefined) faults.seed(seed)
}

export function clearFaults(board: FaultBoard): void {
  for (const service of faultyServices) board[service].clear()
}

/** What a person chose in one of the lists: the fault that hits the next call alone, or none. */
export function setNextCall(board: FaultBoard, service: FaultyService, choice: string): void {
  if (service === 'smtp') {
    const kind = z.enum(mailFaults).safeParse(choice)
    board.smtp.rules = kind.success ? [{ kind: kind.data, times: 1 }] : []
    return
  }
  const kind = z.enum(callFaults).safeParse(choice)
  board[service].rules = kind.success ? [{ kind: kind.data, times: 1 }] : []
}

/** Optional properties that were not sent must be absent, not undefined. */
function withoutHoles(rule: z.infer<typeof faultRule>): FaultRule {
  const { kind, match, times, rate } = rule
  return {
    kind,
    ...(match !== undefined && { match }),
    ...(times !== undefined && { times }),
    ...(rate !== undefined && { rate }),
  }
}
