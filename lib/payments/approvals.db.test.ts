import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { requireSecondPerson } from '@/lib/access/require-second-person'
import type { StaffActor } from '@/lib/access/require-staff'
import { inviteStaff, listTeam } from '@/lib/access/team'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { Settings } from '@/lib/tenancy/settings'
import { makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { allowAccount, useApproval } from './allow-payout-change'
import { disconnectStripe } from './connect-stripe'
import { approve, decline, withdraw } from './decide-approval'
import { expireApprovals } from './expire-approvals'
import { listApprovals } from './list-approvals'
import { refundPayment } from './refund-payment'
import { startPayment } from './start-payment'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
const msp = await makeMsp('larkfield', stripe)
const theirs = await makeMsp('boreal')
const { tenantId } = msp
const clientId = await msp.makeClient()
const renee: StaffActor = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' }
const [theo, mia, vera] = [
  await colleague('theo', 'finance'),
  await colleague('mia', 'owner'),
  await colleague('vera', 'viewer'),
]
const dayMs = 86_400_000

beforeAll(async () => {
  expect(await requireSecondPerson(renee, 5_000)).toEqual({ ok: true })
})
afterEach(() => followStripe())
afterAll(() => stripe.close())

async function colleague(name: string, role: StaffActor['role']): Promise<StaffActor> {
  await inviteStaff(renee, { email: `${name}@larkfield.example`, name, role })
  const found = (await listTeam(renee)).find((one) => one.name === name)
  return { kind: 'staff', tenantId, staffId: found?.id ?? '', role }
}
function followStripe() {
  windClock(stripe.clock.now().getTime() - Date.now())
}
async function paid(minor = 10_000n): Promise<{ attemptId: string; invoiceId: string }> {
  followStripe()
  const invoiceId = await msp.makeInvoice(clientId, minor)
  const { attemptId = '' } = await startPayment(
    { kind: 'system', tenantId, reason: 'test' },
    {
      orderKey: newId(),
      invoices: [{ invoiceId }],
      confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
    },
    { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' },
  )
  return { attemptId, invoiceId }
}
async function ask(attemptId: string, amountMinor = 6_000n, who = theo): Promise<string> {
  const answer = await refundPayment(who, { attemptId, amountMinor, reason: 'Billed twice' })
  if (!answer.ok || !('approvalId' in answer)) throw new Error('it did not wait')
  return answer.approvalId
}
const refundsOf = (attemptId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ id: string; amountMinor: bigint; state: string }>(
      sql`select id, amount_minor, state from refunds where tenant_id = ${tx.tenantId} and attempt_id = ${attemptId}`,
    ),
  )
const actsOn = (attemptId: string) =>
  withTenant(tenantId, async (tx) => {
    const rows = await tx.rows<{ action: string; actorId: string }>(sql`
      select action, actor_id from audit_entries where tenant_id = ${tx.tenantId} and subject_id = ${attemptId} and actor_kind = 'staff' order by at, id`)
    return rows.map(({ action, actorId }) => [action, actorId])
  })

test('above the amount nothing is sent until another person approves; then the amount that was asked for goes back', async () => {
  const { attemptId, invoiceId } = await paid()
  const id = await ask(attemptId)
  expect(await refundsOf(attemptId)).toEqual([])
  expect(await msp.balanceOf(invoiceId)).toBe(0n)
  expect(await listApprovals(mia, attemptId)).toMatchObject([
    { id, reason: 'Billed twice', askedBy: { name: 'theo' }, refund: { amount: { minor: 6_000n }, attemptId } },
  ])
  expect(await approve(mia, id)).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await refundsOf(attemptId)).toEqual([{ id, amountMinor: 6_000n, state: 'succeeded' }])
  expect(await msp.balanceOf(invoiceId)).toBe(6_000n)
  expect(await listApprovals(mia, attemptId)).toEqual([])
  expect(await actsOn(attemptId)).toEqual([
    ['approval.asked', theo.staffId],
    ['approval.approved', mia.staffId],
    ['payment.refund_asked', mia.staffId],
  ])
})

test('up to the amount one person is enough, but parts of one payment count together', async () => {
  const { attemptId } = await paid()
  const refund = (amountMinor: bigint) => refundPayment(renee, { attemptId, amountMinor, reason: 'x' })
  expect(await refund(5_000n)).toMatchObject({ ok: true, state: 'succeeded' })
  expect(await refund(1n)).toMatchObject({ ok: true, state: 'waiting' })
  // What another has approved does not count against what one may do alone.
  const other = await paid()
  await approve(mia, await ask(other.attemptId, 5_001n))
  expect(await refundPayment(theo, { attemptId: other.attemptId, amountMinor: 4_000n, reason: 'x' })).toMatchObject({
    ok: true,
    state: 'succeeded',
  })
})

test('nobody approves what they asked for, a viewer and another MSP decide nothing', async () => {
  const { attemptId } = await paid()
  const id = await ask(attemptId)
  expect(await approve(theo, id)).toMatchObject({ ok: false, because: 'own' })
  expect(await decline(theo, id, '')).toMatchObject({ ok: false, because: 'own' })
  expect(await approve(vera, id)).toMatchObject({ ok: false, because: 'not-allowed' })
  expect(await refundPayment(vera, { attemptId, amountMinor: 9_000n, reason: 'x' })).toMatchObject({ ok: false })
  const stranger = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
  for (const act of [approve, withdraw]) expect(await act(stranger, id)).toMatchObject({ because: 'unknown' })
  expect(await listApprovals(stranger)).toEqual([])
  expect(await withdraw(mia, id)).toMatchObject({ ok: false, because: 'own' })
  expect(await refundsOf(attemptId)).toEqual([])
  // Nor may the database be told so.
  const forge = withTenant(tenantId, (tx) =>
    tx.run(sql`
      update approvals set state = 'approved', decided_by = asked_by, decided_at = now() where tenant_id = ${tx.tenantId} and id = ${id}`),
  )
  await expect(forge).rejects.toThrow('approvals_two_people')
})

test('two who approve at the same moment, and one who approves twice, move the money once', async () => {
  const { attemptId, invoiceId } = await paid()
  const id = await ask(attemptId)
  const answers = await Promise.all([approve(mia, id), approve(renee, id), approve(mia, id)])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  for (const answer of answers)
    if (!answer.ok) expect(answer).toMatchObject({ because: 'decided', reason: 'It was approved already.' })
  expect(await approve(renee, id)).toMatchObject({ ok: false, because: 'decided' })
  expect(await refundsOf(attemptId)).toHaveLength(1)
  expect(await msp.balanceOf(invoiceId)).toBe(6_000n)
})

test('what was asked for is fixed, and a decision stands', async () => {
  const { attemptId } = await paid()
  const id = await ask(attemptId)
  const change = (what: ReturnType<typeof sql>) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`update approvals set ${what} where tenant_id = ${tx.tenantId} and id = ${id}`),
    )
  await expect(change(sql`amount_minor = 9000`)).rejects.toThrow('what was asked for does not change')
  await expect(change(sql`asked_by = ${mia.staffId}`)).rejects.toThrow('what was asked for does not change')
  expect(await decline(mia, id, 'It was one visit')).toEqual({ ok: true })
  await expect(change(sql`state = 'approved', decided_by = ${renee.staffId}, decided_at = now()`)).rejects.toThrow(
    'it is decided already',
  )
  expect(await approve(renee, id)).toMatchObject({ because: 'decided', reason: 'It was declined already.' })
  const gone = withTenant(tenantId, (tx) =>
    tx.run(sql`delete from approvals where tenant_id = ${tx.tenantId} and id = ${id}`),
  )
  await expect(gone).rejects.toThrow()
  expect(await refundsOf(attemptId)).toEqual([])
})

test('a refund above the amount that nobody approved does not get past the database', async () => {
  const { attemptId } = await paid()
  const id = await ask(attemptId)
  const write = (refundId: string, minor: bigint) =>
    withTenant(tenantId, (tx) =>
      tx.run(sql`
        insert into refunds (tenant_id, id, attempt_id, state, amount_minor, currency, reason, actor_id, created_at, state_at)
        values (${tx.tenantId}, ${refundId}, ${attemptId}, 'sent', ${minor}, 'USD', 'x', ${theo.staffId}, now(), now())`),
    )
  await expect(write(id, 6_000n)).rejects.toThrow('needs a second person')
  await expect(write(newId(), 5_001n)).rejects.toThrow('needs a second person')
})

test('an invoice or a payment that changed meanwhile is said, and nothing is sent', async () => {
  const { attemptId, invoiceId } = await paid()
  const id = await ask(attemptId)
  const total = async (minor: bigint) =>
    withTenant(tenantId, (tx) =>
      tx.row<{ number: string }>(
        sql`update invoices set total_minor = ${minor} where tenant_id = ${tx.tenantId} and id = ${invoiceId} returning number`,
      ),
    )
  const changed = await total(11_000n)
  expect(await approve(mia, id)).toEqual({
    ok: false,
    because: 'changed',
    reason: `Invoice ${changed?.number} was changed in the PSA since this was asked for. Decline it; it can be asked for again.`,
  })
  expect(await refundsOf(attemptId)).toEqual([])
  expect(await decline(mia, id, '')).toEqual({ ok: true })
  // The journal never heard of the change: it was a row alone.
  await total(10_000n)
  const other = await paid()
  const first = await ask(other.attemptId, 7_000n)
  const second = await ask(other.attemptId, 8_000n)
  expect(await approve(mia, first)).toMatchObject({ ok: true })
  expect(await approve(mia, second)).toMatchObject({
    because: 'changed',
    reason: expect.stringContaining('more than is left of this payment'),
  })
  expect(await refundsOf(other.attemptId)).toHaveLength(1)
})

test('after seven days it has run out, before the night and after it', async () => {
  const { attemptId } = await paid()
  const id = await ask(attemptId)
  const minutesMs = 60_000
  windClock(now().getTime() - Date.now() + 7 * dayMs - minutesMs)
  expect(await expireApprovals(tenantId)).toBe(0)
  windClock(now().getTime() - Date.now() + 2 * minutesMs)
  expect(await listApprovals(mia, attemptId)).toEqual([])
  expect(await approve(mia, id)).toMatchObject({ ok: false, because: 'expired' })
  expect(await expireApprovals(tenantId)).toBeGreaterThan(0)
  expect(await approve(mia, id)).toMatchObject({ ok: false, because: 'expired' })
  expect(await expireApprovals(tenantId)).toBe(0)
})

test('whoever asked takes it back', async () => {
  const { attemptId } = await paid()
  const id = await ask(attemptId)
  expect(await withdraw(theo, id)).toEqual({ ok: true })
  expect(await approve(mia, id)).toMatchObject({ because: 'decided', reason: 'It was taken back already.' })
})

test('only an owner sets the amount, with somebody there to decide; ordinary settings leave it alone', async () => {
  expect(await requireSecondPerson(theo, undefined)).toEqual({ ok: false, because: 'not-owner' })
  const alone = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
  expect(await requireSecondPerson(alone, 0)).toEqual({ ok: false, because: 'alone' })
  await saveTenantSettings(tenantId, { kind: 'staff', id: theo.staffId }, { settings: Settings.parse({}) })
  const { attemptId } = await paid()
  await ask(attemptId)
  expect(await requireSecondPerson(mia, undefined)).toEqual({ ok: true })
  expect(await refundPayment(theo, { attemptId, amountMinor: 6_000n, reason: 'x' })).toMatchObject({
    state: 'succeeded',
  })
  expect(await requireSecondPerson(mia, 5_000)).toEqual({ ok: true })
})

test('the Stripe account is let go only after another person has said so, and one other account is taken for it', async () => {
  const allow = (who: StaffActor) => withTenant(tenantId, (tx) => allowAccount(tx, who, 'acct_elsewhere'))
  expect(await withTenant(tenantId, (tx) => allowAccount(tx, theo, stripe.account))).toEqual({ ok: true })
  expect(await disconnectStripe(theo)).toMatchObject({ ok: false, because: 'waiting' })
  expect(await allow(theo)).toMatchObject({ ok: false, because: 'waiting' })
  const waiting = (await listApprovals(mia)).filter(({ kind }) => kind === 'payout_account')
  expect(waiting).toHaveLength(1)
  const id = waiting[0]?.id ?? ''
  expect(await approve(theo, id)).toMatchObject({ because: 'own' })
  expect(await approve(mia, id)).toEqual({ ok: true })
  // It is theo's, for a day and one account.
  expect(await allow(renee)).toMatchObject({ ok: false })
  const allowed = await allow(theo)
  expect(allowed).toEqual({ ok: true, approvalId: id })
  windClock(now().getTime() - Date.now() + dayMs)
  expect(await allow(theo)).toMatchObject({ ok: false })
  followStripe()
  expect(await disconnectStripe(theo)).toEqual({ ok: true })
  if (allowed.ok) await withTenant(tenantId, (tx) => useApproval(tx, allowed))
  expect(await allow(theo)).toMatchObject({ ok: false })
})
