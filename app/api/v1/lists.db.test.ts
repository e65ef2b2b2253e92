import { expect, test } from 'vitest'
import { openCheckoutSession } from '@/lib/access/checkout-session'
import { openPayLink } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { stageWorld } from './stage-world.test.support'

const world = await stageWorld()
const { ask, ours, key, theirKey, openId, paidId, paymentId, clientId } = world

type List = { data: { id: string }[]; has_more: boolean }
const list = async (address: string, by = key) => {
  const answer = await ask(address, { key: by })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body as unknown as List
}
const idsOf = async (address: string, by = key) => (await list(address, by)).data.map(({ id }) => id)

test('pages join without a gap or a repeat, also while newer rows arrive', async () => {
  const made = []
  for (let at = 0; at < 5; at += 1) made.unshift(await ours.makeInvoice(clientId, BigInt(1_000 + at)))
  const expected = [...made, paidId, openId]
  const seen: string[] = []
  let page = await list('/invoices?limit=3')
  while (true) {
    seen.push(...page.data.map(({ id }) => id))
    if (!page.has_more) break
    await ours.makeInvoice(clientId, 999n)
    page = await list(`/invoices?limit=3&starting_after=${seen.at(-1)}`)
  }
  expect(seen).toEqual(expected)
})

test('filters find what they say: status, client, number, payments of an invoice', async () => {
  expect(await idsOf('/invoices?status=paid')).toEqual([])
  expect(await idsOf('/invoices?status=open')).toContain(openId)
  expect(await idsOf(`/invoices?client=${world.theirClientId}`)).toEqual([])
  const { number } = (await ask(`/invoices/${openId}`, { key })).body
  expect(await idsOf(`/invoices?number=${number}`)).toEqual([openId])
  expect(await idsOf(`/payments?invoice=${paidId}`)).toEqual([paymentId])
  expect(await idsOf(`/payments?invoice=${openId}`)).toEqual([])
  expect(await idsOf('/payments?status=part_refunded')).toEqual([paymentId])
  expect(await idsOf('/payments?status=failed')).toEqual([])
  expect(await idsOf('/clients?name=hadley%20%26%20moss%20architects')).toEqual([clientId])
  expect(await idsOf('/clients?name=nobody')).toEqual([])
})

test('updated_since finds what has changed since, and only that', async () => {
  const { updated_at: before } = (await ask(`/invoices/${openId}`, { key })).body
  const after = new Date(Math.max(Date.now(), Date.parse(String(before))) + 60_000)
  expect(await idsOf(`/invoices?updated_since=${after.toISOString()}`)).toEqual([])
  await withTenant(ours.tenantId, (tx) =>
    tx.run(sql`update invoices set viewed_at = ${after} where tenant_id = ${tx.tenantId} and id = ${openId}`),
  )
  expect(await idsOf(`/invoices?updated_since=${after.toISOString()}`)).toEqual([openId])
  expect(
    await idsOf(`/invoices?updated_since=${encodeURIComponent(after.toISOString().replace('Z', '+00:00'))}`),
  ).toEqual([openId])
  expect((await ask(`/invoices/${openId}`, { key })).body.updated_at).toBe(after.toISOString())
})

test('an invoice says its balance to the cent, and money given back is owed again', async () => {
  expect((await ask(`/invoices/${openId}`, { key })).body).toMatchObject({
    status: 'open',
    total: { amount: '491314', currency: 'USD' },
    balance: { amount: '491314', currency: 'USD' },
    version_count: 1,
  })
  expect((await ask(`/invoices/${paidId}`, { key })).body).toMatchObject({
    status: 'open',
    pay_state: 'part_paid',
    balance: { amount: '1500', currency: 'USD' },
    paid_at: null,
  })
})

test('a payment names what it pays, what Stripe kept and what went back', async () => {
  expect((await ask(`/payments/${paymentId}`, { key })).body).toMatchObject({
    status: 'part_refunded',
    amount: { amount: '10000', currency: 'USD' },
    fee: { amount: '320', currency: 'USD' },
    refunded: { amount: '1500', currency: 'USD' },
    method_type: 'card',
    allocations: [{ invoice_id: paidId, amount: { amount: '10000', currency: 'USD' } }],
    refunds: [{ amount: { amount: '1500', currency: 'USD' }, reason: 'One visit too many', status: 'succeeded' }],
    disputes: [],
  })
})

test('a client says what it owes, and whom invoices go to', async () => {
  const { body } = await ask(`/clients/${world.theirClientId}`, { key: theirKey })
  expect(body).toMatchObject({
    name: 'Clinique du Parc',
    open: { amount: '77700', currency: 'USD' },
    open_count: 1,
    credit: { amount: '0', currency: 'USD' },
    contacts: [{ name: 'Dana Whitfield', is_billing: true }],
  })
})

test('no list of one MSP holds a row of another', async () => {
  for (const address of ['/invoices', '/payments', '/clients']) {
    const [ourIds, theirIds] = [await idsOf(`${address}?limit=100`), await idsOf(`${address}?limit=100`, theirKey)]
    expect(ourIds.filter((id) => theirIds.includes(id))).toEqual([])
  }
  expect(await idsOf('/invoices', theirKey)).toEqual([world.theirInvoiceId])
  expect(await idsOf('/payments', theirKey)).toEqual([])
})

test('a pay link is mailed to the billing contact on request, and refused where there is nothing to pay', async () => {
  const post = { key, method: 'POST' }
  const mailed = await ask(`/invoices/${openId}/pay-link`, { ...post, body: { delivery: 'mail' } })
  expect(mailed).toMatchObject({ status: 201, body: { url: null, mailed_to: expect.stringContaining('@') } })
  const waiting = await withTenant(ours.tenantId, (tx) =>
    tx.rows<{ kind: string }>(
      sql`select kind from messages where tenant_id = ${tx.tenantId} and invoice_id = ${openId}`,
    ),
  )
  expect(waiting).toEqual([{ kind: 'pay_now' }])
  const paidOff = await ours.makeInvoice(clientId, 0n)
  expect(await ask(`/invoices/${paidOff}/pay-link`, { ...post, body: {} })).toMatchObject({
    status: 400,
    body: { error: { code: 'invoice_not_payable' } },
  })
})

test('a link to a statement is answered or mailed, opens what that client owes, and is refused where nothing is open', async () => {
  const link = (id: string, body: object, by = key) => ask(`/clients/${id}/pay-link`, { key: by, method: 'POST', body })
  const made = await link(clientId, {})
  expect(made).toMatchObject({ status: 201, body: { object: 'statement_link', client_id: clientId, mailed_to: null } })
  const token = /\/pay\/([\w-]{43})$/.exec(String(made.body.url))?.[1] ?? ''
  const opened = await openPayLink('larkfield', token)
  expect(opened).toMatchObject({ ok: true, of: 'statement', actor: { clientId } })
  expect(opened.ok && 'invoiceIds' in opened.actor && opened.actor.invoiceIds).toContain(openId)
  const mailed = await link(clientId, { delivery: 'mail' })
  expect(mailed).toMatchObject({ status: 201, body: { url: null, mailed_to: expect.stringContaining('@') } })
  expect(await link(clientId, {}, theirKey)).toMatchObject({ status: 404 })
  const nothing = await ours.makeClient('Nothing Open')
  const refused = { status: 400, body: { error: { code: 'client_not_payable' } } }
  expect(await link(nothing, {})).toMatchObject(refused)
  await withTenant(ours.tenantId, (tx) =>
    tx.run(sql`update clients set gone_at = now() where tenant_id = ${tx.tenantId} and id = ${nothing}`),
  )
  expect(await link(nothing, {})).toMatchObject(refused)
})

test('of two requests under one key, one link to a statement is made', async () => {
  const headers = { 'idempotency-key': newId() }
  const make = () => ask(`/clients/${clientId}/pay-link`, { key, method: 'POST', body: {}, headers })
  const [first, second] = [await make(), await make()]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.body.url).toBe(first.body.url)
})

test('a checkout session opens for our client and invoices, and for nobody else’s', async () => {
  const open = (body: object, by = key) => ask('/checkout-sessions', { key: by, method: 'POST', body })
  const made = await open({ mode: 'invoices', invoice_ids: [openId] })
  expect(made).toMatchObject({ status: 201, body: { object: 'checkout_session', mode: 'invoices' } })
  expect(await openCheckoutSession('larkfield', String(made.body.token))).toMatchObject({
    tenantId: ours.tenantId,
    clientId,
    scope: { kind: 'invoices', invoiceIds: [openId] },
  })
  expect(await openCheckoutSession('boreal', String(made.body.token))).toBeUndefined()
  for (const [body, param] of [
    [{ mode: 'invoices', invoice_ids: [world.theirInvoiceId] }, 'invoice_ids'],
    [{ mode: 'invoices', invoice_ids: [openId, world.theirInvoiceId] }, 'invoice_ids'],
    [{ mode: 'open', client_id: world.theirClientId }, 'client_id'],
    [{ mode: 'open' }, 'client_id'],
    [{ mode: 'open', client_id: clientId, invoice_ids: [openId] }, 'invoice_ids'],
    [{ mode: 'invoices' }, 'invoice_ids'],
    [{ mode: 'open', client_id: clientId, amount: '1' }, 'amount'],
  ] as const)
    expect(await open(body), JSON.stringify(body)).toMatchObject({ status: 400, body: { error: { param } } })
})
