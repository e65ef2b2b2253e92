import { readFileSync } from 'node:fs'
import type { ServiceName } from '../../sandbox/kernel/context.ts'
import type { SandboxServices } from '../../sandbox/services.ts'

export type RunningStack = {
  web: string
  database: string
  /** The settings the product runs with. */
  env: Record<string, string>
  services: SandboxServices
  urls: Record<ServiceName, string>
  owner: { tenantId: string; staffId: string }
}

let known: RunningStack | undefined

/** What `npm test -- browser` has started for the journeys. */
export function stack(): RunningStack {
  const file = process.env.E2E_STACK
  if (file === undefined) throw new Error('The journeys need the whole product running: npm test -- browser')
  known ??= JSON.parse(readFileSync(file, 'utf8')) as RunningStack
  return known
}
