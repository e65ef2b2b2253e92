import {
  type QuickbooksService,
  startQuickbooksOnline,
} from './accounting/quickbooks-online/start-quickbooks-online.ts'
import { Bank } from './bank/bank.ts'
import { Bridge } from './bridge/bridge.ts'
import { type IdentityService, startIdentity } from './identity/start-identity.ts'
import { SimClock } from './kernel/clock.ts'
import type { SandboxContext, ServiceName } from './kernel/context.ts'
import { type MailService, startMail } from './mail/start-mail.ts'
import { Happenings } from './page/happenings.ts'
import { startBank } from './page/start-bank.ts'
import { startPage } from './page/start-page.ts'
import { defaultBase, type PortPlan, portsFrom, withoutBusy } from './ports.ts'
import { type ConnectwiseService, startConnectwise } from './psa/connectwise/connectwise.ts'
import { type SandboxServices, servicesOf } from './services.ts'
import { type StripeService, startStripe } from './stripe/stripe.ts'
import { localDate } from './world/calendar.ts'
import { msps } from './world/msps.ts'
import { seedWorld } from './world/seed-world.ts'
import type { World, WorldMsp } from './world/world.ts'

type SandboxOptions = {
  /** Ports that differ from the usual ones; 0 for any free one. */
  ports?: Partial<PortPlan>
  seed?: string
  /** Multiplies clients and invoices; 1 is the demo. */
  scale?: number
  /** Whether the books keep Canadian dollars too. */
  multicurrency?: boolean
  msp?: WorldMsp['key']
  /** Where the simulated clock starts; now, when it is left out. */
  startAt?: Date
  /** YYYY-MM-DD, the last day of the seeded history; the clock's day, when it is left out. */
  today?: string
}

export type Sandbox = {
  urls: Record<ServiceName, string>
  /** Addresses and credentials of every stand-in, as plain JSON. */
  services: SandboxServices
  /** Services whose port was taken by somebody else and that listen on another. */
  moved: { service: ServiceName; wanted: number; url: string }[]
  clock: SimClock
  world: World
  happenings: Happenings
  stripe: StripeService
  connectwise: ConnectwiseService
  quickbooksOnline: QuickbooksService
  mail: MailService
  bank: Bank
  identity: IdentityService
  stop: () => Promise<void>
}

/** Starts the whole outside world in this process. When a part cannot start, what has started is stopped again. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 'larkfield', scale = 1, msp = 'larkfield' } = options
  const wanted = { ...portsFrom(defaultBase), ...options.ports }
  const { plan, busy } = await withoutBusy(wanted)
  const clock = new SimClock(options.startAt)
  const today = options.today ?? localDate(clock.now(), msps[msp].msp.timeZone)
  const world = seedWorld({ msp, seed, scale, today })
  const happenings = new Happenings()
  const context: SandboxContext = {
    clock,
    world,
    seed,
    port: (service) => plan[service],
    happened: (happening) => happenings.add(happening),
  }
  const started: (() => Promise<void>)[] = []
  const stop = async () => {
    clock.stop()
    for (const close of started.splice(0).reverse()) await close()
  }
  try {
    const keep = async <S extends { close: () => Promise<void> }>(starting: Promise<S>): Promise<S> => {
      const service = await starting
      started.push(service.close)
      return service
    }
    const bank = new Bank()
    const stripe = await keep(startStripe(context, bank))
    const connectwise = await keep(startConnectwise(context))
    const quickbooksOnline = await keep(startQuickbooksOnline(context, options.multicurrency))
    const bankService = await keep(startBank(context, bank))
    const mail = await keep(startMail(context))
    const identity = await keep(startIdentity(context))
    layBridge(context, connectwise, quickbooksOnline)
    const faults = {
      stripe: stripe.faults,
      connectwise: connectwise.faults,
      quickbooksOnline: quickbooksOnline.faults,
      smtp: mail.faults,
    }
    const parts = { clock, world, happenings, faults, psa: connectwise, stripe, bank, books: quickbooksOnline, mail }
    const page = await keep(startPage({ ...parts, bankPort: bankService.port }, context.port('page')))
    const urls: Sandbox['urls'] = {
      page: page.url,
      stripe: stripe.url,
      connectwise: connectwise.url,
      bank: bankService.url,
      quickbooksOnline: quickbooksOnline.url,
      smtp: `smtp://${mail.smtp.host}:${mail.smtp.port}`,
      mailbox: mail.mailboxService.url,
      identity: identity.url,
    }
    return {
      urls,
      services: servicesOf({ stripe, connectwise, quickbooksOnline, mail, bank: bankService, identity, page }),
      moved: busy.map((service) => ({ service, wanted: wanted[service], url: urls[service] })),
      clock,
      world,
      happenings,
      stripe,
      connectwise,
      quickbooksOnline,
      mail,
      bank,
      identity,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Lets the PSA tell the books what it bills and what its people record. */
function layBridge({ world, happened }: SandboxContext, psa: ConnectwiseService, { books }: QuickbooksService): void {
  const invoices = new Map(world.invoices.map((invoice) => [invoice.id, invoice]))
  const bridge = new Bridge({ books, client: psa.client, invoice: (id) => invoices.get(id), happened })
  psa.onInvoice((change) => {
    invoices.set(change.invoice.id, change.invoice)
    bridge.onInvoice(change)
  })
  psa.onPayment((change) => bridge.onPayment(change))
}
