import { beforeEach, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { type InvoiceRule, Settings } from '@/lib/tenancy/settings'
import { makeMsp } from '../../e2e/support/msp.ts'
import { sendInvoice } from './send-invoice'
import { sendNewInvoice, sendUnaddressed } from './send-new-invoice'

const msp = await makeMsp('unaddressed')
const { tenantId } = msp
const sendsBy = (sendNewInvoices: boolean) =>
  saveTenantSettings(tenantId, { kind: 'staff', id: msp.staffId }, { settings: Settings.parse({ sendNewInvoices }) })
beforeEach(() => sendsBy(true))

const run = (statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.run(statement))
const address = (clientId: string, email: string | null) =>
  run(sql`update contacts set email = ${email} where tenant_id = ${tenantId} and client_id = ${clientId}`)
const calls = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ detail: string }>(sql`
      select detail from exceptions
      where tenant_id = ${tx.tenantId} and cause = 'no-address' and subject_id = ${invoiceId} and closed_at is null`),
  )
const announced = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from events
      where tenant_id = ${tx.tenantId} and kind = 'invoice.to_send' and payload->>'invoiceId' = ${invoiceId}`),
  )

test('an invoice with nobody to send it to is put before staff once, and goes out when there is somebody', async () => {
  const clientId = await msp.makeClient('Quiet & Sons')
  await address(clientId, null)
  const invoiceId = await msp.makeInvoice(clientId, 9_000n)
  for (let times = 0; times < 2; times += 1)
    expect(await sendNewInvoice(tenantId, invoiceId)).toEqual({ ok: false, because: 'no-address' })
  expect(await calls(invoiceId)).toMatchObject([{ detail: expect.stringContaining('Quiet & Sons has nobody') }])
  await sendUnaddressed(tenantId)
  expect(await announced(invoiceId)).toEqual([])
  expect(await calls(invoiceId)).toHaveLength(1)

  await address(clientId, 'books@quiet.example')
  await sendUnaddressed(tenantId)
  await sendUnaddressed(tenantId)
  expect(await announced(invoiceId)).toHaveLength(1)
  expect(await calls(invoiceId)).toEqual([])
  expect(await sendNewInvoice(tenantId, invoiceId)).toEqual({ ok: true, to: 'books@quiet.example' })
  expect(await calls(invoiceId)).toEqual([])
})

test('one that was sent by hand meanwhile is nobody’s concern any more', async () => {
  const clientId = await msp.makeClient()
  await address(clientId, null)
  const invoiceId = await msp.makeInvoice(clientId, 9_000n)
  await sendNewInvoice(tenantId, invoiceId)
  expect(await calls(invoiceId)).toHaveLength(1)
  const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'finance' } as const
  expect(await sendInvoice(staff, invoiceId, 'books@quiet.example')).toMatchObject({ ok: true })
  await sendUnaddressed(tenantId)
  expect(await calls(invoiceId)).toEqual([])
  expect(await announced(invoiceId)).toEqual([])
})

test('where the MSP sends nothing by itself any more, an address that comes later sends nothing either', async () => {
  const clientId = await msp.makeClient()
  await address(clientId, null)
  const invoiceId = await msp.makeInvoice(clientId, 9_000n)
  await sendNewInvoice(tenantId, invoiceId)
  await sendsBy(false)
  await address(clientId, 'books@quiet.example')
  await sendUnaddressed(tenantId)
  expect(await announced(invoiceId)).toEqual([])
  expect(await calls(invoiceId)).toEqual([])
})

test('who gets a new invoice is the MSP’s rule: nobody twice, nor whoever does without it, and each in their language', async () => {
  const clientId = await msp.makeClient()
  await address(clientId, 'books@quiet.example')
  const person = (name: string, email: string, more: { role?: string; source?: object; locale?: string }) =>
    run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, locale, locale_set_at, source_hash, source)
      values (${tenantId}, ${newId()}, ${clientId}, ${name}, ${email}, false, ${more.role ?? 'viewer'}, ${more.locale ?? null}, case when ${more.locale ?? null}::text is not null then now() end, '', ${json(more.source ?? {})})`)
  await person('Amy', 'amy@quiet.example', { source: { isBilling: true }, locale: 'fr-CA' })
  await person('Ann', 'amy@quiet.example', { source: { isBilling: true }, role: 'owner' })
  await person('Bo', 'books@quiet.example', { source: { isBilling: true }, role: 'owner' })
  await person('Cy', 'cy@quiet.example', { role: 'owner' })
  await person('Di', 'di@quiet.example', { role: 'owner' })
  await person('Ed', 'ed@quiet.example', { role: 'owner' })
  await run(sql`update contacts set removed_at = now() where tenant_id = ${tenantId} and email = 'di@quiet.example'`)
  await run(
    sql`update contacts set switched_off = '{invoice}' where tenant_id = ${tenantId} and email = 'ed@quiet.example'`,
  )
  const mailedBy = async (invoiceRecipients: InvoiceRule) => {
    await saveTenantSettings(
      tenantId,
      { kind: 'staff', id: msp.staffId },
      { settings: Settings.parse({ sendNewInvoices: true, invoiceRecipients }) },
    )
    const invoiceId = await msp.makeInvoice(clientId, 9_000n)
    await Promise.all([sendNewInvoice(tenantId, invoiceId), sendNewInvoice(tenantId, invoiceId)])
    expect(await sendNewInvoice(tenantId, invoiceId)).toEqual({ ok: true, to: 'books@quiet.example' })
    const rows = await withTenant(tenantId, (tx) =>
      tx.rows<{ toEmail: string; locale: string }>(sql`
        select to_email, locale from messages where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} order by to_email`),
    )
    return rows.map(({ toEmail, locale }) => `${toEmail} ${locale}`)
  }
  const [books, amy] = ['books@quiet.example en-US', 'amy@quiet.example fr-CA']
  expect(await mailedBy('billing')).toEqual([books])
  expect(await mailedBy('marked')).toEqual([amy, books])
  expect(await mailedBy('owners')).toEqual(['amy@quiet.example en-US', books, 'cy@quiet.example en-US'])
})

test('an owner who gets an address lets go what waited, where the rule writes to owners, and not where it does not', async () => {
  const clientId = await msp.makeClient()
  await address(clientId, null)
  const invoiceId = await msp.makeInvoice(clientId, 9_000n)
  await sendNewInvoice(tenantId, invoiceId)
  await run(sql`
    insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
    values (${tenantId}, ${newId()}, ${clientId}, 'Cy', 'cy@quiet.example', false, 'owner', '', '{}')`)
  await sendUnaddressed(tenantId)
  expect(await announced(invoiceId)).toEqual([])
  await saveTenantSettings(
    tenantId,
    { kind: 'staff', id: msp.staffId },
    { settings: Settings.parse({ sendNewInvoices: true, invoiceRecipients: 'owners' }) },
  )
  await sendUnaddressed(tenantId)
  expect(await announced(invoiceId)).toHaveLength(1)
  expect(await sendNewInvoice(tenantId, invoiceId)).toEqual({ ok: true, to: 'cy@quiet.example' })
})
