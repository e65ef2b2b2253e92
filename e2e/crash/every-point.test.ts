import { afterAll, expect, onTestFinished, test } from 'vitest'
import { addDays, now, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { checkInvariants } from '@/lib/reports/invariants'
import { getTenant } from '@/lib/tenancy/queries'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { Random } from '../../sandbox/kernel/random.ts'
import { audit } from './audit.ts'
import { Bookkeeper } from './bookkeeper.ts'
import { faultPoints } from './crash-plan.ts'
import { Payer } from './payer.ts'
import { openStage } from './stage.ts'
import { billSome, chargesAtStripe, refundAsStaff, tell } from './story.ts'
import { until } from './until.ts'
import { openWebhookEar } from './webhook-ear.ts'

const stage = await openStage()
afterAll(() => stage.close())
const goodCard = { card: '4242424242424242' }

test('fault 1, 2, 3, 4, 5: killed wherever a payment goes, everything still happens exactly once', async () => {
  const payer = await tell(stage, 1, { mode: 'first' })
  expect(await audit(stage, payer.told)).toEqual([])
})

test('fault 1, 2, 3, 4, 5: killed wherever a client arranges something, it is arranged once', async () => {
  const ear = await openWebhookEar(stage)
  onTestFinished(() => void ear.close())
  const client = await clientWith({ credit: false })
  const payer = new Payer(stage)
  const [dated] = await billSome(stage, new Random('date'), 1, { client })
  if (dated === undefined) throw new Error('no invoice')
  const bookkeeper = await Bookkeeper.of(stage, dated)
  stage.plan.set({ mode: 'first' })
  const methodId = await bookkeeper.saveCard()
  const scheduleId = await bookkeeper.setDate(methodId, dated, inDays(2))
  await stage.windDays(4)
  const paid = `select a.id, a.state from attempts a join scheduled_payments s on s.attempt_id = a.id
    join scheduled_parts p on p.schedule_id = s.id where s.id::text = $1 or p.invoice_id::text = $1`
  const [run, ...again] = await restOf(paid, scheduleId)
  expect([run?.state, again]).toEqual(['succeeded', []])
  await bookkeeper.agreeAutopay(run?.id ?? '')
  const [covered] = await billSome(stage, new Random('autopay'), 1, { client, dueOn: inDays(3) })
  await stage.drain()
  await stage.windDays(4)
  stage.plan.set({ mode: 'calm' })
  for (let step = 0; step < 2; step += 1) await stage.windDays(3)

  expect((await restOf(paid, covered?.id)).map(({ state }) => state)).toEqual(['succeeded'])
  expect(await audit(stage, payer.told)).toEqual([])
  const methods = 'select id from methods where client_id = (select client_id from invoices where id = $1)'
  expect(await stage.rows(methods, [dated.id])).toEqual([{ id: methodId }])
  const told = await stage.rows<{ id: string }>('select id from webhook_events')
  expect([...ear.heard].sort()).toEqual(told.map(({ id }) => id).sort())
  expect(told.length).toBeGreaterThan(0)
})

test('fault 1, 2, 3, 4, 5: killed where money goes back that the PSA shows as paid, it goes back once', async () => {
  const payer = new Payer(stage)
  const [invoice] = await billSome(stage, new Random('give back'), 1)
  if (invoice === undefined) throw new Error('no invoice')
  expect(await payer.pay(invoice, [goodCard])).toMatchObject({ ok: true, state: 'succeeded' })
  await stage.drain()
  const charge = (await chargesAtStripe(stage)).find(({ amount }) => BigInt(amount) === invoice.totalMinor)
  if (charge === undefined) throw new Error('no charge')
  stage.plan.set({ mode: 'first' })
  await refundAsStaff(stage, charge, 3)
  await stage.windDays(4)
  stage.plan.set({ mode: 'calm' })
  await stage.windDays(3)
  expect((await chargesAtStripe(stage)).find(({ id }) => id === charge.id)?.refunds).toHaveLength(1)
  expect(await audit(stage, payer.told)).toEqual([])
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

// The last of all: how credit is used in the books is for a person to say, and the audits above know of none.
test('fault 1, 2, 3, 4, 5: killed where credit pays, it pays once; by now every fault point has killed', async () => {
  await letClientsKeepMore()
  const payer = new Payer(stage)
  const client = await clientWith({ credit: true })
  const [paid, covered] = await billSome(stage, new Random('credit'), 2, { client })
  if (paid === undefined || covered === undefined) throw new Error('no invoices')
  expect(await payer.payMore(paid, covered.totalMinor)).toMatchObject({ ok: true, state: 'succeeded' })
  await stage.drain()
  stage.plan.set({ mode: 'first' })
  expect(await payer.payWithCredit(covered)).toMatchObject({ ok: true, state: 'covered' })
  stage.plan.set({ mode: 'calm' })
  await stage.webIsUp()
  await stage.drain()
  const credit = 'select amount_minor::text as minor from credit_applications where invoice_id = $1'
  expect(await stage.rows(credit, [covered.id])).toEqual([{ minor: String(covered.totalMinor) }])
  expect(await checkInvariants(stage.staff.tenantId)).toEqual([])

  const killedAt = new Set(stage.plan.kills())
  expect(faultPoints().filter((point) => !killedAt.has(point))).toEqual([])
})

const inDays = (days: number) => addDays(todayIn('America/New_York', now()), days)

/** A client with or without money standing, which stops automatic payments. @returns its id in the PSA */
async function clientWith({ credit }: { credit: boolean }): Promise<number> {
  const standing = await stage.rows<{ name: string }>(`
    select c.name from clients c where exists (
      select 1 from journal_lines l where l.client_id = c.id and 'unapplied' in (l.debit, l.credit))`)
  const names = new Set(standing.map(({ name }) => name))
  const client = stage.sandbox.world.clients.find(({ name }) => names.has(name) === credit)
  if (client === undefined) throw new Error(`every client has ${credit ? 'no' : 'some'} credit`)
  return client.id
}

/** A payment whose process died is asked after by the sweeper, or made anew: within an hour or two it has gone through. */
async function restOf(question: string, id: string | undefined): Promise<{ id: string; state: string }[]> {
  for (let rounds = 0; rounds < 9; rounds += 1) {
    const found = await stage.rows<{ id: string; state: string }>(question, [id])
    if (found.length > 0 && found.every(({ state }) => state === 'succeeded')) return found
    await stage.windDays(1 / 72)
  }
  throw new Error(`it never went through: ${question}`)
}

async function letClientsKeepMore(): Promise<void> {
  const { tenantId, staffId } = stage.staff
  const { settings } = await withTenant(tenantId, getTenant)
  const by = { kind: 'staff', id: staffId }
  await saveTenantSettings(tenantId, by, { settings: { ...settings, keepOverpayments: true } })
}

const locked = `select id from graphile_worker._private_jobs where locked_at is not null`
