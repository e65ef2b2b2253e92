import { closeDatabase } from '@/lib/base/db'
import { layGround } from './ground/database.ts'
import { runTopic } from './ground/topic.ts'
import { percentile } from './measure/figures.ts'
import { ratioFinding } from './measure/finding.ts'
import { inTurn } from './measure/rounds.ts'
import { makePortal, type PortalGround } from './web/portal-ground.ts'
import { exchange, serve } from './web/serve.ts'
import { startProductWeb } from './web/start-web.ts'

const [MANY, FEW] = [5_000, 50]
const LOAD = { count: 8, alone: 120 }

/** What a client with very many invoices waits for its list and for what it looks up, beside one with a page of them. */
await runTopic(async (crew, tell) => {
  const { owner, env } = await layGround(crew)
  crew.take({ name: 'the connections of the product', exited: new Promise(() => {}), stop: closeDatabase })
  const many = await makePortal(owner, MANY, 'acct_many')
  const few = await makePortal(owner, FEW, 'acct_few')
  const web = await startProductWeb(crew, env)
  const questions = [
    ['find.list', '', FEW],
    ['find.search', '?number=20037', 1],
  ] as const
  for (const [name, query, expected] of questions) {
    const ask = ({ slug, cookie }: PortalGround) => ({ path: `/m/${slug}/invoices${query}`, headers: { cookie } })
    for (const portal of [many, few]) expectRows(await exchange(web, ask(portal)), expected)
    const rounds = await inTurn({
      rounds: 5,
      secondsMax: 25,
      product: () => serve(web, () => ask(many), LOAD),
      floor: () => serve(web, () => ask(few), LOAD),
    })
    tell(
      ratioFinding(name, rounds, {
        unit: `ms (p95) of the invoices page for a client with ${MANY} of them, beside one with ${FEW}`,
        goal: '<= 1.3',
        product: ({ product }) => percentile(product.latenciesMs, 0.95),
        floor: ({ floor }) => percentile(floor.latenciesMs, 0.95),
      }),
    )
  }
})

function expectRows(html: string, expected: number): void {
  const rows = (html.match(/<tr/g)?.length ?? 0) - 1
  if (rows !== expected) throw new Error(`the page shows ${rows} rows instead of ${expected}`)
}
