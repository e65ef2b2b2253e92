import { afterEach, expect, test } from 'vitest'
import { openCheckoutSession } from '@/lib/access/checkout-session'
import { windClock } from '@/lib/base/clock'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { getInvoice } from '@/lib/billing/queries'
import { makeMsp } from '../../e2e/support/msp.ts'
import { lookUpInvoice } from './look-up-invoice'

afterEach(() => windClock(0))

const { tenantId, ...msp } = await makeMsp('larkfield')
const other = await makeMsp('boreal')
const clientId = await msp.makeClient()
await withTenant(tenantId, (tx) =>
  tx.run(
    sql`update clients set address = ${json({ postalCode: '14604' })} where tenant_id = ${tx.tenantId} and id = ${clientId}`,
  ),
)

async function makeInvoice(totalMinor: bigint): Promise<{ id: string; number: string }> {
  const id = await msp.makeInvoice(clientId, totalMinor)
  const { number } = await getInvoice({ kind: 'system', tenantId, reason: 'test' }, id)
  return { id, number }
}
let lastNetwork = 0
/** A network nobody has asked from. */
function network(): string {
  lastNetwork += 1
  return `198.51.${lastNetwork >> 8}.${lastNetwork & 255}`
}
const lookUp = (number: string, proof: { amount?: string; postalCode?: string }, from = network()) =>
  lookUpInvoice(tenantId, { number, amount: '', postalCode: '', ...proof }, from)
const noMatch = { ok: false, because: 'no-match' }

test('number and amount, or number and postal code, open this one invoice', async () => {
  const { id, number } = await makeInvoice(491_314n)
  const sibling = await makeInvoice(100n)
  for (const [typed, proof] of [
    [number, { amount: '$4,913.14' }],
    [` #${number} `, { postalCode: '14604' }],
  ] as const) {
    const found = await lookUp(typed, proof)
    if (!found.ok) throw new Error(found.because)
    const actor = await openCheckoutSession('larkfield', found.token)
    expect(actor?.scope).toEqual({ kind: 'invoices', invoiceIds: [id] })
    if (actor !== undefined) await expect(getInvoice(actor, sibling.id)).rejects.toMatchObject({ kind: 'not-found' })
  }
})

test('a number nobody has, a wrong proof, paid, void and another MSP’s are one answer', async () => {
  const { number } = await makeInvoice(12_345n)
  const paid = await makeInvoice(700n)
  const gone = await makeInvoice(800n)
  await withTenant(tenantId, async (tx) => {
    await tx.run(
      sql`update invoices set settled_minor = total_minor where tenant_id = ${tx.tenantId} and id = ${paid.id}`,
    )
    await tx.run(
      sql`update invoices set state = 'void', voided_at = now() where tenant_id = ${tx.tenantId} and id = ${gone.id}`,
    )
  })
  const answers = [
    await lookUp('99999', { amount: '123.45' }),
    await lookUp('', { amount: '123.45' }),
    await lookUp(number, { amount: '123.46' }),
    await lookUp(number, { postalCode: '14605' }),
    await lookUp(number, {}),
    await lookUp(`${number}%`, { amount: '123.45' }),
    await lookUp(paid.number, { amount: '7.00' }),
    await lookUp(paid.number, { postalCode: '14604' }),
    await lookUp(gone.number, { amount: '8.00' }),
    await lookUpInvoice(other.tenantId, { number, amount: '123.45', postalCode: '' }, network()),
  ]
  expect(answers).toEqual(answers.map(() => noMatch))
})

test('of two invoices with one number, the proof says which', async () => {
  const first = await makeInvoice(1_000n)
  const second = await makeInvoice(2_000n)
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update invoices set number = ${first.number} where tenant_id = ${tx.tenantId} and id = ${second.id}`),
  )
  expect(await lookUp(first.number, { amount: '20.00' })).toMatchObject({ ok: true })
  // Both were sent to this place: which one is meant, nobody can say.
  expect(await lookUp(first.number, { postalCode: '14604' })).toEqual(noMatch)
})

test('a network that guesses waits; who is right there before does not use up its turns', async () => {
  const { number } = await makeInvoice(55_500n)
  const [office, elsewhere] = [network(), network()]
  for (let turn = 0; turn < 15; turn += 1)
    expect(await lookUp(number, { amount: '555.00' }, office)).toMatchObject({ ok: true })
  for (let turn = 0; turn < 10; turn += 1)
    expect(await lookUp(number, { amount: `1.${10 + turn}` }, office)).toEqual(noMatch)
  expect(await lookUp(number, { amount: '555.00' }, office)).toMatchObject({ because: 'wait' })
  expect(await lookUp(number, { amount: '555.00' }, elsewhere)).toMatchObject({ ok: true })
})

test('two thousand guesses from twenty networks get nothing and learn nothing; the right client still gets in', async () => {
  const { id, number } = await makeInvoice(654n)
  const sessionsBefore = await sessionCount()
  const networks = Array.from({ length: 20 }, network)
  const heard = new Set<string>()
  let waited = 0
  // 0.00 to 19.99, the right one among them; and as many at a number nobody has, for comparison.
  await inTurns(2_000, 40, async (guess) => {
    const from = networks[guess % networks.length] ?? ''
    const cents = String((guess * 7919) % 2_000).padStart(3, '0')
    const answer = await lookUp(
      guess % 2 === 0 ? number : '88888',
      { amount: `${cents.slice(0, -2)}.${cents.slice(-2)}` },
      from,
    )
    if (!answer.ok && answer.because === 'wait') waited += 1
    else heard.add(JSON.stringify(answer))
  })
  expect([...heard]).toEqual([JSON.stringify(noMatch)])
  expect(waited).toBe(1_800)
  expect(await sessionCount()).toBe(sessionsBefore)
  // Under attack one fact is not enough any more, for this number or for one nobody has.
  expect(await lookUp(number, { amount: '6.54' })).toEqual(noMatch)
  const found = await lookUp(number, { amount: '6.54', postalCode: '14604' })
  if (!found.ok) throw new Error(found.because)
  expect((await openCheckoutSession('larkfield', found.token))?.scope).toEqual({ kind: 'invoices', invoiceIds: [id] })
})

async function sessionCount(): Promise<number> {
  const row = await acrossTenants((tx) =>
    tx.row<{ count: number }>(sql`select count(*)::int as count from checkout_sessions`),
  )
  return row?.count ?? -1
}

async function inTurns(count: number, atOnce: number, act: (turn: number) => Promise<void>): Promise<void> {
  let next = 0
  const hand = async () => {
    while (next < count) {
      const turn = next
      next += 1
      await act(turn)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
}
