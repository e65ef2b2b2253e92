import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../../scripts/ports.ts'
import { bundleWorker } from './bundle-worker.ts'
import type { FrontDoor } from './front-door.ts'
import { Supervisor } from './supervisor.ts'

export type Processes = {
  webs: Supervisor[]
  workers: Supervisor[]
}

const webCount = 2
const workerCount = 2

/**
 * The product as it runs past one machine: two webs behind one address and two workers side by side, all armed, none of
 * them started yet. Whoever lives does the work while another, killed, starts again.
 */
export async function prepareProcesses(options: {
  env: Record<string, string>
  buildFolder: string
  door: FrontDoor
  logs: string
  onWorkerDeath: () => void
}): Promise<Processes> {
  const { buildFolder, door, logs, onWorkerDeath } = options
  const env = {
    ...options.env,
    ...{ NODE_ENV: 'production', LOG_LEVEL: 'info', NEXT_DIST_DIR: buildFolder },
    NODE_COMPILE_CACHE: join(tmpdir(), 'closeloop-compile-cache'),
  }
  const arm = ['--import', resolve('e2e/crash/arm.mjs')]
  const bundle = await bundleWorker(buildFolder)
  const ports = await Promise.all(Array.from({ length: webCount }, freePort))
  const webs = ports.map((port, at) => {
    const next = ['node_modules/next/dist/bin/next', 'start', '--port', String(port), '--hostname', '127.0.0.1']
    const settings = { ...env, CLOSELOOP_SERVICE: 'web' }
    return new Supervisor({ name: `web-${at}`, args: [...arm, ...next], env: settings, logs })
  })
  const workers = Array.from({ length: workerCount }, (_, at) => {
    const settings = { ...env, CLOSELOOP_SERVICE: 'worker' }
    return new Supervisor({ name: `worker-${at}`, args: [...arm, bundle], env: settings, logs, onDeath: onWorkerDeath })
  })
  door.leadTo(ports)
  return { webs, workers }
}
