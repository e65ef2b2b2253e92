import { expect, test } from 'vitest'
import { type Tx, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { makeMsp } from '../../e2e/support/msp.ts'
import { agreementOfInvoice } from './agreement-of-invoice'
import { getInvoice } from './queries'

const { tenantId, makeClient, ...msp } = await makeMsp('agreements')
const clientId = await makeClient()
const contact = { kind: 'contact', tenantId, contactId: newId(), clientId, role: 'viewer' } as const

async function makeAgreement(owner: string, additions: [string, string, string | null, string | null][]) {
  const id = newId()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into agreements (tenant_id, id, client_id, name, status, source_hash, source)
      values (${tenantId}, ${id}, ${owner}, 'Managed Care', 'Active', '', ${json({})})`)
    for (const [description, quantity, from, to] of additions)
      await tx.run(sql`
        insert into agreement_additions (tenant_id, agreement_id, external_id, description, quantity, unit_price_minor, effective_on, cancelled_on)
        values (${tenantId}, ${id}, ${newId()}, ${description}, ${quantity}, 7400, ${from}, ${to})`)
  })
  return id
}

async function makeInvoice(of: { agreementId?: string; issuedOn: string; quantity: bigint; state?: 'void' }) {
  const amountMinor = of.quantity * 7_400n
  const id = await msp.makeInvoice(clientId, amountMinor)
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update invoices set agreement_id = ${of.agreementId ?? null}, issued_on = ${of.issuedOn} where tenant_id = ${tenantId} and id = ${id}`)
    if (of.state === 'void') await makeVoid(tx, id, amountMinor)
    await tx.run(sql`
      insert into invoice_lines (tenant_id, invoice_id, version, position, kind, heading, description, quantity, unit_price_minor, amount_minor, taxable)
      values (${tenantId}, ${id}, 1, 1, 'agreement', 'Managed Care', 'Workstation', ${of.quantity}, 7400, ${amountMinor}, false)`)
  })
  return getInvoice(contact, id)
}

async function makeVoid(tx: Tx, invoiceId: string, minor: bigint): Promise<void> {
  const amount = money(minor, 'USD')
  await record(tx, [
    {
      cause: { kind: 'invoice.voided', id: invoiceId },
      happenedAt: new Date(),
      bookedOn: '2026-11-02',
      movements: [{ debit: 'billed', credit: 'receivable', amount, clientId, invoiceId }],
    },
  ])
  await tx.run(sql`
    update invoices set state = 'void', voided_at = now() where tenant_id = ${tx.tenantId} and id = ${invoiceId}`)
}

test('an invoice is held against the last one of its agreement that still stands', async () => {
  const agreementId = await makeAgreement(clientId, [
    ['Workstation', '35', '2025-03-01', '2026-10-28'],
    ['Workstation', '38', '2026-10-28', null],
  ])
  await makeInvoice({ agreementId, issuedOn: '2026-09-02', quantity: 30n })
  const october = await makeInvoice({ agreementId, issuedOn: '2026-10-02', quantity: 35n })
  await makeInvoice({ agreementId, issuedOn: '2026-10-20', quantity: 1n, state: 'void' })
  await makeInvoice({ issuedOn: '2026-10-21', quantity: 2n })
  const november = await makeInvoice({ agreementId, issuedOn: '2026-11-02', quantity: 38n })
  await makeInvoice({ agreementId, issuedOn: '2026-12-02', quantity: 50n })
  expect(await agreementOfInvoice(contact, november)).toMatchObject({
    agreement: { id: agreementId, name: 'Managed Care', additions: [{ quantity: '35' }, { quantity: '38' }] },
    previous: {
      id: october.id,
      number: october.number,
      changes: {
        difference: { minor: 22_200n },
        services: [{ before: { quantity: '35' }, after: { quantity: '38' }, changedOn: '2026-10-28' }],
      },
    },
  })
})

test('the first invoice of an agreement has none before it, and one of no agreement has no card', async () => {
  const agreementId = await makeAgreement(clientId, [])
  const first = await makeInvoice({ agreementId, issuedOn: '2026-10-02', quantity: 1n })
  const found = await agreementOfInvoice(contact, first)
  expect(found?.agreement.additions).toEqual([])
  expect(found).not.toHaveProperty('previous')
  const alone = await makeInvoice({ issuedOn: '2026-10-03', quantity: 1n })
  expect(await agreementOfInvoice(contact, alone)).toBeUndefined()
})

test('another client’s invoice is not found, and another MSP’s finds nothing', async () => {
  const agreementId = await makeAgreement(clientId, [])
  const invoice = await makeInvoice({ agreementId, issuedOn: '2026-10-02', quantity: 1n })
  const sibling = { ...contact, clientId: await makeClient('Another') }
  await expect(agreementOfInvoice(sibling, invoice)).rejects.toMatchObject({ kind: 'not-found' })
  const other = await makeMsp('agreements-other')
  const stranger = { kind: 'staff', tenantId: other.tenantId, staffId: other.staffId, role: 'owner' } as const
  expect(await agreementOfInvoice(stranger, invoice)).toBeUndefined()
})
