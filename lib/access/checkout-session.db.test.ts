import { afterEach, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getClient, getInvoice, listInvoices } from '@/lib/billing/queries'
import { listAttempts } from '@/lib/payments/queries'
import { makeMsp } from '../../e2e/support/msp.ts'
import { mayPay } from './actor'
import { createCheckoutSession, openCheckoutSession, revokeCheckoutSession } from './checkout-session'

afterEach(() => windClock(0))

const ours = await makeMsp('larkfield')
const theirs = await makeMsp('boreal')
const clientId = await ours.makeClient()
const otherId = await ours.makeClient('Fenwick Dental Group')
const [invoiceId, siblingId] = [await ours.makeInvoice(clientId, 10_000n), await ours.makeInvoice(clientId, 20_000n)]
const otherInvoiceId = await ours.makeInvoice(otherId, 30_000n)
const by = { kind: 'api_key', id: 'test' }

const make = (wanted: Parameters<typeof createCheckoutSession>[1], msp = ours) =>
  withTenant(msp.tenantId, (tx) => createCheckoutSession(tx, wanted, by))

async function open(wanted: Parameters<typeof createCheckoutSession>[1]) {
  const made = await make(wanted)
  if (!made.ok) throw new Error(made.because)
  const actor = await openCheckoutSession('larkfield', made.token)
  if (actor === undefined) throw new Error('a session just made does not open')
  return { ...made, actor }
}
const numbersSeenBy = async (actor: Awaited<ReturnType<typeof open>>['actor']) =>
  (await listInvoices(actor, { filter: 'all' })).items.map(({ id }) => id).sort()

test('a session for named invoices sees these and no other of its client', async () => {
  const { actor } = await open({ scope: 'invoices', invoiceIds: [invoiceId] })
  expect(await numbersSeenBy(actor)).toEqual([invoiceId])
  expect((await getInvoice(actor, invoiceId)).id).toBe(invoiceId)
  await expect(getInvoice(actor, siblingId)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(getInvoice(actor, otherInvoiceId)).rejects.toMatchObject({ kind: 'not-found' })
  expect((await listAttempts(actor, {})).items).toEqual([])
  expect(mayPay(actor)).toBe(true)
})

test('a session for what is open sees its client and no other', async () => {
  const { actor } = await open({ scope: 'open', clientId })
  expect(await numbersSeenBy(actor)).toEqual([invoiceId, siblingId].sort())
  await expect(getInvoice(actor, otherInvoiceId)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(getClient(actor, otherId)).rejects.toMatchObject({ kind: 'not-found' })
})

test('a session for saving a method sees no invoice and may not pay', async () => {
  const { actor } = await open({ scope: 'method', clientId })
  expect(await numbersSeenBy(actor)).toEqual([])
  await expect(getInvoice(actor, invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
  expect(mayPay(actor)).toBe(false)
})

test('what cannot be given is refused by its reason', async () => {
  const refusals = [
    await make({ scope: 'invoices', invoiceIds: [] }),
    await make({ scope: 'invoices', invoiceIds: [invoiceId, newId()] }),
    await make({ scope: 'invoices', invoiceIds: ['20418'] }),
    await make({ scope: 'invoices', invoiceIds: [invoiceId, otherInvoiceId] }),
    await make({ scope: 'invoices', invoiceIds: Array.from({ length: 101 }, newId) }),
    await make({ scope: 'open', clientId: newId() }),
    // Another MSP's ids are ids nobody has.
    await make({ scope: 'invoices', invoiceIds: [invoiceId] }, theirs),
    await make({ scope: 'method', clientId }, theirs),
  ]
  expect(refusals.map((made) => (made.ok ? 'made' : made.because))).toEqual([
    ...['no-invoices', 'no-such-invoice', 'no-such-invoice', 'mixed', 'too-many', 'no-such-client'],
    ...['no-such-invoice', 'no-such-client'],
  ])
})

test('a session ends after half an hour, when taken back, and never opens at another MSP', async () => {
  const { token, id, expiresAt, actor } = await open({ scope: 'open', clientId })
  const minutes = (expiresAt.getTime() - now().getTime()) / 60_000
  expect(Math.round(minutes)).toBe(30)
  expect(await openCheckoutSession('boreal', token)).toBeUndefined()
  expect(await openCheckoutSession('nobody', token)).toBeUndefined()
  expect(await openCheckoutSession('larkfield', `${token}x`)).toBeUndefined()
  expect(await openCheckoutSession('larkfield', '')).toBeUndefined()
  windClock(29 * 60_000)
  expect(await openCheckoutSession('larkfield', token)).toEqual(actor)
  windClock(31 * 60_000)
  expect(await openCheckoutSession('larkfield', token)).toBeUndefined()
  windClock(0)
  const system = { kind: 'system', tenantId: ours.tenantId, reason: 'test' } as const
  expect(await withTenant(theirs.tenantId, (tx) => revokeCheckoutSession(tx, id, system))).toBe(false)
  expect(await withTenant(ours.tenantId, (tx) => revokeCheckoutSession(tx, id, system))).toBe(true)
  expect(await openCheckoutSession('larkfield', token)).toBeUndefined()
})

test('only a hash of the token is kept', async () => {
  const { token, id } = await open({ scope: 'open', clientId })
  const stored = await acrossTenants((tx) =>
    tx.row<{ row: string }>(sql`select row_to_json(s)::text as row from checkout_sessions s where id = ${id}`),
  )
  expect(stored?.row).toContain(id)
  expect(stored?.row).not.toContain(token.slice(9))
  expect(stored?.row).not.toContain(Buffer.from(token).toString('hex'))
})
