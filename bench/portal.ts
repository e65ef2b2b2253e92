import { closeDatabase } from '@/lib/base/db'
import { listInvoices } from '@/lib/billing/queries'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { latencyOf, median, percentile, rounded } from './measure/figures.ts'
import { limitFinding, ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'
import { makePortal, type PortalGround } from './web/portal-ground.ts'
import { exchange, type Served, serve } from './web/serve.ts'
import { startBareNext, startProductWeb } from './web/start-web.ts'
import { statementsOf } from './web/statements.ts'

const PAGE = 50
const FAR_PAGE = 2000
const LOAD = { count: 120, alone: 60 }

await runTopic(async (crew, tell) => {
  const { owner, env } = await layGround(crew)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })
  const bare = await startBareNext(crew, {})
  const portal = await makePortal(owner, PAGE * FAR_PAGE + PAGE)
  const web = await startProductWeb(crew, env)
  const path = `/m/${portal.slug}/invoices`
  const headers = { cookie: portal.cookie }
  const first = () => ({ path, headers })
  const cursor = await cursorOfPage(portal, FAR_PAGE)
  const far = () => ({ path: `${path}?after=${encodeURIComponent(cursor)}`, headers })
  for (const page of [await exchange(web, first()), await exchange(web, far())]) expectFullPage(page)

  const rounds = await inTurn({
    rounds: 5,
    secondsMax: 40,
    product: () => serve(web, first, LOAD),
    floor: () => serve(bare, () => ({ path: '/table' }), LOAD),
  })
  const detail = {
    product: figures(rounds.pairs.map(({ product }) => product)),
    floor: figures(rounds.pairs.map(({ floor }) => floor)),
  }
  tell(
    ratioFinding('portal.cpu', rounds, {
      unit: 'ms of CPU per page of 50 invoices',
      goal: '<= 2',
      product: ({ product }) => product.cpuMs,
      floor: ({ floor }) => floor.cpuMs,
      detail,
    }),
  )
  for (const [name, part, goal] of [
    ['portal.p50', 0.5, '<= 2'],
    ['portal.p99', 0.99, '<= 5'],
  ] as const)
    tell(
      ratioFinding(name, rounds, {
        unit: 'ms until one visitor has the page',
        goal,
        product: ({ product }) => percentile(product.latenciesMs, part),
        floor: ({ floor }) => percentile(floor.latenciesMs, part),
      }),
    )
  const statements = await statementsOf(owner, 20, async () => {
    for (let at = 0; at < 20; at += 1) await exchange(web, first())
  })
  tell(
    limitFinding('portal.statements', rounds, {
      unit: 'statements per page',
      goal: '<= 4',
      value: statements.perRequest,
      detail: statements,
    }),
  )
  tell(
    limitFinding('portal.buffers', rounds, {
      unit: 'database pages read per page',
      goal: '<= 60',
      value: statements.buffersPerRequest,
    }),
  )

  const depth = await inTurn({
    rounds: 3,
    secondsMax: 15,
    product: () => serve(web, far, { count: 8, alone: 60 }),
    floor: () => serve(web, first, { count: 8, alone: 60 }),
  })
  tell(
    ratioFinding('portal.page-2000', depth, {
      unit: 'ms (p50) for page 2,000, beside page 1',
      goal: '<= 1.5',
      product: ({ product }) => median(product.latenciesMs),
      floor: ({ floor }) => median(floor.latenciesMs),
    }),
  )
})

function figures(served: readonly Served[]) {
  const { p50, p95, p99 } = latencyOf(served.flatMap(({ latenciesMs }) => latenciesMs))
  const perSecond = median(served.map((one) => one.perSecond))
  return { p50: rounded(p50), p95: rounded(p95), p99: rounded(p99), perSecond: rounded(perSecond) }
}

/** Walks there as a visitor would, page by page, without drawing them. */
async function cursorOfPage({ tenantId, clientId }: PortalGround, page: number): Promise<string> {
  let after: string | undefined
  const actor = { kind: 'contact', tenantId, clientId, contactId: clientId, role: 'viewer' } as const
  for (let at = 1; at < page; at += 1) {
    const { next } = await listInvoices(actor, after === undefined ? {} : { after })
    if (next === undefined) throw new Error(`there are only ${at} pages`)
    after = next
  }
  return after ?? ''
}

function expectFullPage(html: string): void {
  const rows = html.match(/<tr/g)?.length ?? 0
  if (rows !== PAGE + 1) throw new Error(`the page shows ${rows} rows instead of ${PAGE + 1}`)
}
