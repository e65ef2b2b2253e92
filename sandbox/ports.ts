import { createServer } from 'node:net'
import type { ServiceName } from './kernel/context.ts'

/** Where each service listens, counted from the base. */
const offsets: Record<ServiceName, number> = {
  page: 99,
  stripe: 100,
  connectwise: 101,
  bank: 105,
  quickbooksOnline: 111,
  smtp: 125,
  mailbox: 126,
  identity: 127,
}
export const serviceNames = Object.keys(offsets).filter((name): name is ServiceName => name in offsets)

export const defaultBase = 7000

export type PortPlan = Record<ServiceName, number>

/** The ports from a base; a base of 0 leaves every choice to the machine. */
export function portsFrom(base: number): PortPlan {
  const plan = { ...offsets }
  for (const name of serviceNames) plan[name] = base === 0 ? 0 : base + offsets[name]
  return plan
}

/** The same plan with 0, any free port, for each that somebody else listens on; and which those were. */
export async function withoutBusy(plan: PortPlan): Promise<{ plan: PortPlan; busy: ServiceName[] }> {
  const free = { ...plan }
  const busy: ServiceName[] = []
  for (const name of serviceNames) {
    if (plan[name] === 0 || (await isFree(plan[name]))) continue
    free[name] = 0
    busy.push(name)
  }
  return { plan: free, busy }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
