import { afterAll, expect, test } from 'vitest'
import { Random } from '../../sandbox/kernel/random.ts'
import { audit } from './audit.ts'
import { faultPoints } from './crash-plan.ts'
import { Payer } from './payer.ts'
import { openStage } from './stage.ts'
import { billSome, tell } from './story.ts'
import { until } from './until.ts'

const stage = await openStage()
afterAll(() => stage.close())
const goodCard = { card: '4242424242424242' }

test('fault 1, 2, 3, 4, 5: killed once at every fault point, everything still happens exactly once', async () => {
  const payer = await tell(stage, 1, { mode: 'first' })
  expect(await audit(stage, payer.told)).toEqual([])
  const killedAt = new Set(stage.plan.kills())
  expect(faultPoints().filter((point) => !killedAt.has(point))).toEqual([])
})

test('fault 49: the database dies under load and comes back; the workers live on, and everything happens exactly once', async () => {
  const payer = new Payer(stage)
  const invoices = await billSome(stage, new Random('restart'), 8)
  const starts = () => [...stage.webs, ...stage.workers].map((one) => one.starts)
  const startsBefore = starts()
  const paying = Promise.all(invoices.map((invoice) => payer.pay(invoice, [goodCard, goodCard])))
  for (let times = 0; times < 2; times += 1) {
    await until('some payments to be made', async () => payer.told.length >= 1 + times * 2)
    await stage.restartDatabase()
  }
  await paying
  await stage.drain()
  await stage.windDays(4)
  expect(await audit(stage, payer.told)).toEqual([])
  expect(starts()).toEqual(startsBefore)
})

test('fault 52: asked to end under load, the worker finishes what it holds within thirty seconds, and the next one does the rest', async () => {
  const payer = new Payer(stage)
  const invoices = await billSome(stage, new Random('deploy'), 8)
  const paying = Promise.all(invoices.map((invoice) => payer.pay(invoice, [goodCard])))
  let held: { id: string }[] = []
  await until('the worker to be at it', async () => {
    held = await stage.rows(locked)
    return held.length > 0
  })
  for (const { code, tookMs } of await Promise.all(stage.workers.map((worker) => worker.stop()))) {
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(30_000)
  }
  const left = new Set((await stage.rows<{ id: string }>(locked)).map(({ id }) => id))
  expect(held.filter(({ id }) => left.has(id))).toEqual([])
  await paying
  for (const worker of stage.workers) worker.start() // the next version
  await stage.drain()
  await stage.windDays(4)
  expect(await audit(stage, payer.told)).toEqual([])
})

test('fault 52: asked to end, the web process answers whoever is being served before it goes', async () => {
  const payer = new Payer(stage)
  const [invoice] = await billSome(stage, new Random('deploy web'), 1)
  if (invoice === undefined) throw new Error('no invoice')
  stage.sandbox.stripe.faults.latencyMs = 1_500
  const paying = payer.pay(invoice, [goodCard])
  await until(
    'the payment to be under way',
    async () => (await stage.rows(`select 1 from attempts where state = 'sent'`)).length > 0,
  )
  for (const { tookMs } of await Promise.all(stage.webs.map((web) => web.stop()))) expect(tookMs).toBeLessThan(30_000)
  stage.sandbox.stripe.faults.latencyMs = 0
  for (const web of stage.webs) web.start()
  expect(await paying).toMatchObject({ ok: true, state: 'succeeded' })
  expect(payer.told).toHaveLength(1)
  await stage.drain()
})

const locked = `select id from graphile_worker._private_jobs where locked_at is not null`
