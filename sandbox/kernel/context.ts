import type { World } from '../world/world.ts'
import type { SimClock } from './clock.ts'
import type { Happening } from './service.ts'

/** What every stand-in is given: the one clock, the one world, and a place to say what just happened. */
export type SandboxContext = {
  clock: SimClock
  world: World
  /** Seed of the world; stand-ins derive their own generators from it. */
  seed: string
  /** Port to listen on; 0 for any free one. */
  port: (service: ServiceName) => number
  happened: (happening: Happening) => void
}

export type ServiceName =
  | 'page'
  | 'stripe'
  | 'connectwise'
  | 'quickbooksOnline'
  | 'smtp'
  | 'mailbox'
  | 'bank'
  | 'identity'
