import { beforeAll, expect, test } from 'vitest'
import { createPayLink, type InvoiceLinkActor, openPayLink, revokePayLinks } from '@/lib/access/pay-link'
import { withTenant } from '@/lib/base/db'
import { newToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { forwardInvoice } from './forward-invoice'

let msp: TestMsp
let clientId: string
beforeAll(async () => {
  msp = await makeMsp('larkfield')
  clientId = await msp.makeClient()
})

async function aLink(): Promise<{ token: string; invoiceId: string; actor: InvoiceLinkActor }> {
  const invoiceId = await msp.makeInvoice(clientId, 50_000n)
  const link = { invoiceId, dueOn: '2026-12-02', sentTo: 'dana@hadleymoss.example' }
  const token = await withTenant(msp.tenantId, (tx) => createPayLink(tx, link))
  const opened = await openPayLink('larkfield', token)
  if (!opened.ok || opened.of !== 'invoice') throw new Error('a new link does not open')
  return { token, invoiceId, actor: opened.actor }
}

const mailsOf = (invoiceId: string) =>
  withTenant(msp.tenantId, (tx) =>
    tx.rows<{ toEmail: string }>(
      sql`select to_email from messages where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} order by id`,
    ),
  )

test('passed on, the invoice is mailed to the new address once, and the old link closes for good', async () => {
  const { token, invoiceId, actor } = await aLink()
  expect(await forwardInvoice(actor, ' AP@hadleymoss.example ')).toEqual({ ok: true, to: 'ap@hadleymoss.example' })
  await forwardInvoice(actor, 'ap@hadleymoss.example')
  expect(await mailsOf(invoiceId)).toEqual([{ toEmail: 'ap@hadleymoss.example' }])
  expect(await openPayLink('larkfield', token)).toMatchObject({ ok: false, because: 'forwarded' })
  const told = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ kind: string }>(sql`
      select kind from events where tenant_id = ${tx.tenantId} and kind = 'note.due' and payload->>'invoiceId' = ${invoiceId}
      union all select cause from exceptions where tenant_id = ${tx.tenantId} and subject_id = ${invoiceId} and closed_at is null`),
  )
  expect(told.map(({ kind }) => kind)).toEqual(['note.due', 'contact-to-check'])
})

test('what cannot be mailed leaves the link as it was', async () => {
  const { token, invoiceId, actor } = await aLink()
  expect(await forwardInvoice(actor, 'nobody')).toEqual({ ok: false, because: 'no-address' })
  expect(await forwardInvoice(actor, 'a@b.example\r\nBcc: all@b.example')).toEqual({ ok: false, because: 'no-address' })
  expect(await openPayLink('larkfield', token)).toMatchObject({ ok: true })
  expect(await mailsOf(invoiceId)).toEqual([])
})

test('staff close every link of an invoice, and of no other', async () => {
  const [first, other] = [await aLink(), await aLink()]
  const close = () => withTenant(msp.tenantId, (tx) => revokePayLinks(tx, { invoiceId: first.invoiceId }, 'by_staff'))
  expect(await close()).toBe(1)
  expect(await close()).toBe(0)
  expect(await openPayLink('larkfield', first.token)).toMatchObject({ ok: false, because: 'replaced' })
  expect(await openPayLink('larkfield', other.token)).toMatchObject({ ok: true })
})

test('ten thousand made-up secrets open nothing, and the answer is the same for each', async () => {
  const answers = new Set<string>()
  const guess = async () => answers.add(JSON.stringify(await openPayLink('larkfield', newToken())))
  for (let round = 0; round < 1_000; round++) await Promise.all(Array.from({ length: 10 }, guess))
  expect([...answers]).toEqual(['{"ok":false,"because":"unknown"}'])
})
