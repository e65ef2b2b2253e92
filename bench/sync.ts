import { now } from '@/lib/base/clock'
import { closeDatabase, withTenantInBulk } from '@/lib/base/db'
import { saveAgreements } from '@/lib/billing/save-agreements'
import { saveClients } from '@/lib/billing/save-clients'
import { saveInvoices } from '@/lib/billing/save-invoices'
import type { PulledAgreement, PulledClient, PulledInvoice } from '@/lib/connectors/contract'
import { runStream } from '@/lib/connectors/sync-run'
import { money } from '@/lib/money/money'
import { psaById } from '@/lib/psa/registry'
import { startSandboxProcess } from '../scripts/demo/sandbox-process.ts'
import { type Ground, layGround } from './ground/database.ts'
import { makeSyncedMsp, type SyncedMsp } from './ground/synced-msp.ts'
import { runTopic } from './ground/topic.ts'
import { type Cost, costOf } from './measure/cost.ts'
import { median, rounded } from './measure/figures.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'
import { type CopiedRows, copyRows, makeFloorTables, takeRows } from './sync/copy-floor.ts'
import { crawlForNothing, recordCrawl } from './sync/recorded-crawl.ts'

/** About 2,000 invoices: two pages of the PSA. */
const SCALE = Number(process.env.BENCH_SCALE ?? 1.33)

type World = { clients: PulledClient[]; agreements: PulledAgreement[]; pages: PulledInvoice[][] }

await runTopic(async (crew, tell) => {
  const sandbox = await startSandboxProcess(crew, { portBase: 0, scale: SCALE })
  const ground = await layGround(crew, sandbox)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })
  const { url: baseUrl, companyId, publicKey, privateKey } = sandbox.services.connectwise
  const psa = psaById('connectwise').open({ baseUrl, companyId, publicKey, privateKey })
  const clients = await itemsOf(psa.pullClients(undefined))
  const agreements = await itemsOf(psa.pullAgreements(undefined))
  const { result: pages, asked } = await recordCrawl(() => pagesOf(psa.pullInvoices(undefined)))
  const world: World = { clients, agreements, pages }
  const invoices = pages.flat().length
  await makeFloorTables(ground.owner)

  let latest: { msp: SyncedMsp; rows: CopiedRows; count: number } | undefined
  const changedPages = pages.map((page) => page.map(changeEveryHundredth))
  const rounds = await inTurn({
    rounds: 5,
    secondsMax: 45,
    product: async () => {
      const msp = await makeWithClients(sandbox.services, world)
      const first = await costOf(() => savePages(msp, pages), ground.postgresPid)
      latest = { msp, ...(await takeRows(ground.owner, msp.tenantId)) }
      const unchanged = await costOf(() => savePages(msp, pages), ground.postgresPid)
      const changed = await costOf(() => savePages(msp, changedPages), ground.postgresPid)
      const other = await makeWithClients(sandbox.services, world)
      const whole = await costOf(
        () =>
          runStream({
            ...other,
            stream: 'invoices',
            full: true,
            pull: psa.pullInvoices,
            idOf: ({ externalId }) => externalId,
            save: (tx, items, readAt) => saveInvoices(tx, other.connectionId, items, readAt),
          }),
        ground.postgresPid,
      )
      return { first, unchanged, changed, whole }
    },
    floor: async () => {
      if (latest === undefined) throw new Error('the product has written nothing yet')
      const { rows } = latest
      const copy = await costOf(() => copyRows(ground.owner, rows), ground.postgresPid)
      const crawl = await costOf(() => crawlForNothing(asked), ground.postgresPid)
      return { copy, crawl }
    },
  })
  const count = latest?.count ?? 0
  const perSecond = ({ wallMs }: Cost) => count / (wallMs / 1000)
  const cpuPerRow = ({ nodeMs, postgresMs }: Cost) => rounded(((nodeMs + postgresMs) * 1000) / count)
  const shape = { invoices, rows: count }

  for (const [name, goal, which] of [
    ['sync.first', '>= 0.6', 'first'],
    ['sync.unchanged', '>= 1', 'unchanged'],
    ['sync.one-percent-changed', '>= 0.6', 'changed'],
  ] as const) {
    tell(
      ratioFinding(name, rounds, {
        unit: 'rows/s through the database stage',
        goal,
        product: ({ product }) => perSecond(product[which]),
        floor: ({ floor }) => perSecond(floor.copy),
        detail: {
          ...shape,
          cpuPerRowUs: {
            product: median(rounds.pairs.map(({ product }) => cpuPerRow(product[which]))),
            floor: median(rounds.pairs.map(({ floor }) => cpuPerRow(floor.copy))),
          },
        },
      }),
    )
  }
  for (const [name, goal, which] of [
    ['sync.first-cpu', '<= 1.67', 'first'],
    ['sync.unchanged-cpu', '<= 1', 'unchanged'],
  ] as const)
    tell(
      ratioFinding(name, rounds, {
        unit: 'us of CPU per row, ours and the database’s, beside COPY',
        goal,
        product: ({ product }) => cpuPerRow(product[which]),
        floor: ({ floor }) => cpuPerRow(floor.copy),
        detail: shape,
      }),
    )
  tell(
    limitFinding('sync.unchanged-writes', rounds, {
      unit: 'rows written by a sync of what has not changed',
      goal: '<= 0',
      value: latest === undefined ? Number.NaN : await rowsWritten(ground, latest.msp, changedPages),
    }),
  )
  tell(
    ratioFinding('sync.end-to-end', rounds, {
      unit: 'ms from HTTP to commit, beside the slower of its two halves alone',
      goal: '<= 1.3',
      product: ({ product }) => product.whole.wallMs,
      floor: ({ product, floor }) => Math.max(product.first.wallMs, floor.crawl.wallMs),
      detail: {
        ...shape,
        databaseMs: rounded(median(rounds.pairs.map(({ product }) => product.first.wallMs))),
        crawlMs: rounded(median(rounds.pairs.map(({ floor }) => floor.crawl.wallMs))),
      },
    }),
  )
  for (const [name, what, each] of [
    ['sync.cpu-per-invoice', 'invoice with its lines, payments, journal and events', invoices],
    ['sync.cpu-per-row', 'row written', count],
  ] as const)
    tell(
      limitFinding(name, rounds, {
        unit: `us of node CPU per ${what}, HTTP to commit; beside it the same pages crawled for nothing`,
        goal: '<= 60',
        value: median(rounds.pairs.map(({ product }) => (product.whole.nodeMs * 1000) / each)),
        floor: median(rounds.pairs.map(({ floor }) => (floor.crawl.nodeMs * 1000) / each)),
        detail: { ...shape, callsToPsa: asked.length },
      }),
    )
})

async function makeWithClients(services: Parameters<typeof makeSyncedMsp>[0], world: World): Promise<SyncedMsp> {
  const msp = await makeSyncedMsp(services)
  await withTenantInBulk(msp.tenantId, async (tx) => {
    await saveClients(tx, msp.connectionId, world.clients)
    await saveAgreements(tx, msp.connectionId, world.agreements)
  })
  return msp
}

/** The database stage: what a sync does with a page once it is read. */
async function savePages({ tenantId, connectionId }: SyncedMsp, pages: readonly PulledInvoice[][]): Promise<void> {
  for (const page of pages) await withTenantInBulk(tenantId, (tx) => saveInvoices(tx, connectionId, page, now()))
}

/** Rows inserted, updated or deleted in any table while the same pages are saved again. */
async function rowsWritten({ owner }: Ground, msp: SyncedMsp, pages: readonly PulledInvoice[][]): Promise<number> {
  const count = async () => {
    await closeDatabase() // a session reports its counts at the latest when it ends
    await new Promise((done) => setTimeout(done, 200))
    const { rows } = await owner.query<{ written: string }>(`
      select sum(n_tup_ins + n_tup_upd + n_tup_del)::text as written from pg_stat_user_tables
      where schemaname in ('public', 'graphile_worker')`)
    return Number(rows[0]?.written)
  }
  const before = await count()
  await savePages(msp, pages)
  return (await count()) - before
}

function changeEveryHundredth(invoice: PulledInvoice, at: number): PulledInvoice {
  if (at % 100 !== 0) return invoice
  const cent = money(1n, invoice.total.currency)
  const more = { minor: invoice.total.minor + 1n, currency: invoice.total.currency }
  const line = { kind: 'adjustment' as const, heading: 'Adjustments', description: 'Rounding', quantity: '1' }
  const lines = [...invoice.lines, { ...line, unitPrice: cent, amount: cent, taxable: false }]
  return { ...invoice, total: more, balance: money(invoice.balance.minor + 1n, more.currency), lines }
}

async function itemsOf<Item>(pull: AsyncIterable<{ items: Item[] }>): Promise<Item[]> {
  return (await pagesOf(pull)).flat()
}

async function pagesOf<Item>(pull: AsyncIterable<{ items: Item[] }>): Promise<Item[][]> {
  const pages: Item[][] = []
  for await (const { items } of pull) pages.push(items)
  return pages
}
