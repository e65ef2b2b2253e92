import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { chooseNotices } from '@/lib/mail/preferences'
import { money } from '@/lib/money/money'
import { makeMsp } from '../../e2e/support/msp.ts'
import { tellOnItsWay, tellPaid } from './tell-payment'

const { tenantId, ...msp } = await makeMsp('telling')
const clientId = await msp.makeClient()
const contact = await withTenant(tenantId, (tx) =>
  tx.row<{ id: string; email: string }>(sql`
    select id, email from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
)
const { id: contactId = '', email = '' } = contact ?? {}
const actor = { kind: 'contact', tenantId, contactId, clientId, role: 'payer' } as const

/** A bank debit that is on its way. */
async function makeDebit(invoiceId: string, receiptEmail: string | null): Promise<string> {
  const id = newId()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at, payment_intent_id, receipt_email)
      values (${tenantId}, ${id}, ${clientId}, 'acct_1', 'created', 1000, 'USD', 'portal', now(), now(), ${`pi_${id}`}, ${receiptEmail})`)
    await tx.run(sql`
      insert into allocations (tenant_id, attempt_id, invoice_id, amount_minor, invoice_version, in_flight)
      values (${tenantId}, ${id}, ${invoiceId}, 1000, 1, true)`)
    for (const state of ['sent', 'processing'])
      await tx.run(sql`
        update attempts set state = ${state}, sent_at = now(), state_at = now() where tenant_id = ${tenantId} and id = ${id}`)
  })
  return id
}
async function succeed(attemptId: string, invoiceId: string): Promise<void> {
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update attempts set state = 'succeeded', charge_id = ${`ch_${attemptId}`}, succeeded_at = now(), state_at = now()
      where tenant_id = ${tenantId} and id = ${attemptId}`)
    const amount = money(1_000n, 'USD')
    await record(tx, [
      {
        cause: { kind: 'payment.succeeded', id: attemptId },
        happenedAt: new Date(),
        bookedOn: '2026-11-20',
        movements: [{ debit: 'clearing', credit: 'receivable', amount, clientId, invoiceId, attemptId }],
      },
    ])
  })
}
const kindsTo = async (to: string) => {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ kind: string }>(sql`
      select kind from messages where tenant_id = ${tx.tenantId} and to_email = ${to} order by id`),
  )
  return rows.map(({ kind }) => kind)
}
const onItsWay = (attemptId: string) => withTenant(tenantId, (tx) => tellOnItsWay(tx, attemptId))

test('a payment on its way is kept from whoever does without, its receipt is not', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 1_000n)
  const attemptId = await makeDebit(invoiceId, null)
  await chooseNotices(actor, ['invoice', 'on_its_way'])
  await onItsWay(attemptId)
  expect(await kindsTo(email)).toEqual([])
  await chooseNotices(actor, ['invoice'])
  await onItsWay(attemptId)
  expect(await kindsTo(email)).toEqual(['payment_on_its_way'])
  await chooseNotices(actor, ['invoice', 'on_its_way'])
  await succeed(attemptId, invoiceId)
  await withTenant(tenantId, (tx) => tellPaid(tx, attemptId))
  expect(await kindsTo(email)).toEqual(['payment_on_its_way', 'payment_received'])
})

test('what one person does without is no reason to keep it from another', async () => {
  await chooseNotices(actor, ['on_its_way'])
  await onItsWay(await makeDebit(await msp.makeInvoice(clientId, 1_000n), 'ap@hadleymoss.example'))
  expect(await kindsTo('ap@hadleymoss.example')).toEqual(['payment_on_its_way'])
})
