import type { ServiceName } from '../../sandbox/kernel/context.ts'
import { defaultBase, portsFrom } from '../../sandbox/ports.ts'
import type { SandboxServices } from '../../sandbox/services.ts'
import type { Crew } from './crew.ts'

export type RunningSandbox = {
  services: SandboxServices
  urls: Record<ServiceName, string>
  /** Services that found their usual port taken, with that port. */
  moved: { service: string; port: number }[]
}

export type SandboxSettings = {
  /** 0: any free ports. */
  portBase?: number
  scale?: number
  seed?: string
  startAt?: Date
  traceFolder?: string
}

/** Starts the outside world as a process of its own, and waits for its addresses and credentials. */
export async function startSandboxProcess(crew: Crew, settings: SandboxSettings): Promise<RunningSandbox> {
  const { portBase = defaultBase, scale, seed, startAt, traceFolder = '' } = settings
  const env = {
    ...process.env,
    SANDBOX_PORT_BASE: String(portBase),
    SANDBOX_TRACE: traceFolder,
    ...(scale === undefined ? {} : { SANDBOX_SCALE: String(scale) }),
    ...(seed === undefined ? {} : { SANDBOX_SEED: seed }),
    ...(startAt === undefined ? {} : { SANDBOX_START_AT: startAt.toISOString() }),
  }
  const child = crew.start('sandbox', ['sandbox/main.ts'], env)
  const { kind: _, urls, ...services } = await new Promise<Started>((resolve) => child.once('message', resolve))
  const usual = Object.entries(portsFrom(portBase))
  const moved = usual
    .filter(([name, port]) => port !== 0 && Number(new URL(urls[name as ServiceName]).port) !== port)
    .map(([service, port]) => ({ service, port }))
  return { services, urls, moved }
}

type Started = SandboxServices & { kind: 'started'; urls: Record<ServiceName, string> }
