import type { QuickbooksService } from '../accounting/quickbooks-online/start-quickbooks-online.ts'
import type { Bank } from '../bank/bank.ts'
import type { SimClock } from '../kernel/clock.ts'
import type { Service } from '../kernel/service.ts'
import type { MailService } from '../mail/start-mail.ts'
import type { World } from '../world/world.ts'
import type { FaultBoard } from './faults-api.ts'
import type { Happenings } from './happenings.ts'

/** All that the page shows and steers. */
export type PageParts = {
  clock: SimClock
  world: World
  happenings: Happenings
  faults: FaultBoard
  psa: Service
  stripe: Service
  bank: Bank
  bankPort: number
  books: QuickbooksService
  mail: MailService
}
