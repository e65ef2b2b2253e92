import { once } from 'node:events'
import { closeDatabase } from '@/lib/base/db'
import type { Crew } from '../scripts/demo/crew.ts'
import { productEnv } from '../scripts/demo/product-env.ts'
import { startSandboxProcess } from '../scripts/demo/sandbox-process.ts'
import { workerFlags } from '../scripts/worker-flags.ts'
import { type Ground, layGround } from './ground/database.ts'
import { makeSyncedMsp } from './ground/synced-msp.ts'
import { runTopic } from './ground/topic.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { memoryOf } from './measure/processes.ts'
import { inTurn } from './measure/rounds.ts'
import { makePortal } from './web/portal-ground.ts'
import { serve } from './web/serve.ts'
import { startBareNext, startProductWeb } from './web/start-web.ts'

const MB = 1_000_000
const LOAD = { count: 600, alone: 1, atOnce: 8 }

await runTopic(async (crew, tell) => {
  const ground = await layGround(crew)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })

  const bare = await startBareNext(crew, {})
  const portal = await makePortal(ground.owner, 500)
  const web = await startProductWeb(crew, ground.env)
  const ask = () => ({ path: `/m/${portal.slug}/invoices`, headers: { cookie: portal.cookie } })
  const served = await inTurn({
    rounds: 2,
    secondsMax: 30,
    product: async () => {
      await serve(web, ask, LOAD)
      return memoryOf(web.pid, 'now') / MB
    },
    floor: async () => {
      await serve(bare, () => ({ path: '/table' }), LOAD)
      return memoryOf(bare.pid, 'now') / MB
    },
  })
  tell(
    ratioFinding('memory.web', served, {
      unit: 'MB of the web process after the same load',
      goal: '<= 1.5',
      product: ({ product }) => product,
      floor: ({ floor }) => floor,
    }),
  )

  const synced = await inTurn({
    rounds: 1,
    secondsMax: 90,
    warmUp: false,
    product: () => syncedBy(crew, ground, 13.3),
    floor: () => syncedBy(crew, ground, 1.33),
  })
  const { product: large, floor: small } = synced.pairs[0] ?? {}
  tell(
    ratioFinding('memory.sync', synced, {
      unit: 'MB at most while 20,000 invoices come in, beside 2,000',
      goal: '<= 1.2',
      product: ({ product }) => product.peakMb,
      floor: ({ floor }) => floor.peakMb,
      detail: { large, small },
    }),
  )
  if (large !== undefined)
    tell(
      limitFinding('memory.worker', synced, {
        unit: 'MB at most of a process that syncs 20,000 invoices',
        goal: '<= 200',
        value: large.peakMb,
      }),
    )
})

type Synced = { peakMb: number; invoices: number; seconds: number }

/** A first full sync, as the worker does it, in a process of its own against a PSA of its own. */
async function syncedBy(crew: Crew, ground: Ground, scale: number): Promise<Synced> {
  const sandbox = await startSandboxProcess(crew, { portBase: 0, scale })
  const { databaseUrl } = ground
  const { SECRET_KEYS: secretKeys = '', PUBLIC_URL: publicUrl = '' } = ground.env
  const settings = productEnv({ databaseUrl, publicUrl, secretKeys, webhookSecret: '', sandbox })
  const { tenantId, connectionId } = await makeSyncedMsp(sandbox.services)
  const env = { ...process.env, ...settings }
  const child = crew.start(`sync of ${scale}`, [...workerFlags, 'bench/sync/sync-once.ts'], env)
  const began = performance.now()
  child.send({ tenantId, connectionId })
  const [done] = (await once(child, 'message')) as [{ invoices: number } | { error: string }]
  if ('error' in done) throw new Error(done.error)
  const seconds = (performance.now() - began) / 1000
  return { peakMb: memoryOf(child.pid ?? 0, 'peak') / MB, invoices: done.invoices, seconds }
}
