import { beforeAll, expect, test } from 'vitest'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { repeatWriteBack } from './repeat-write-back'

const at = now()
let staff = { kind: 'staff' as const, tenantId: '', staffId: '', role: 'finance' as const }
const writeBackId = newId()

async function make(slug: string) {
  const owner = { email: `renee@${slug}.example`, name: 'Renee Okafor' }
  const place = { timeZone: 'America/New_York', locale: 'en-US', currency: 'USD', brand: {}, settings: {} }
  const { tenantId, staffId } = await createTenant({ slug, name: slug, legalName: slug, owner, ...place })
  return { kind: 'staff' as const, tenantId, staffId, role: 'finance' as const }
}

beforeAll(async () => {
  staff = await make('larkfield')
  const { tenantId } = staff
  const [clientId, invoiceId, attemptId] = [newId(), newId(), newId()]
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into clients (tenant_id, id, name, currency, source_hash, source) values (${tenantId}, ${clientId}, 'Kestrel', 'USD', 'h', '{}')`)
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      values (${tenantId}, ${invoiceId}, ${clientId}, 'invoice', '1', 'open', 'Standard', '', '2026-11-02', '2026-12-02', 'USD', 0, 100, 100, 1, 'h')`)
    await tx.run(sql`
      insert into attempts (tenant_id, id, client_id, account, state, amount_minor, currency, origin, created_at, state_at)
      values (${tenantId}, ${attemptId}, ${clientId}, 'acct_1', 'created', 100, 'USD', 'link', ${at}, ${at})`)
    await tx.run(sql`
      insert into write_backs (tenant_id, id, attempt_id, invoice_id, amount_minor, currency, paid_on, state, error, created_at)
      values (${tenantId}, ${writeBackId}, ${attemptId}, ${invoiceId}, 100, 'USD', '2026-11-20', 'needs_you', 'Closed', ${at})`)
    await raise(tx, {
      cause: 'psa-refused',
      subject: { kind: 'write_back', id: writeBackId },
      detail: 'Refused.',
      nextStep: 'Send it again.',
    })
  })
})

async function standing(): Promise<{ state: string; due: bigint; open: bigint } | undefined> {
  return withTenant(staff.tenantId, (tx) =>
    tx.row(sql`
      select w.state,
        (select count(*) from events e where e.tenant_id = ${tx.tenantId} and e.kind = 'write_back.due') as due,
        (select count(*) from exceptions x where x.tenant_id = ${tx.tenantId} and x.closed_at is null) as open
      from write_backs w where w.tenant_id = ${tx.tenantId} and w.id = ${writeBackId}`),
  )
}

test('somebody who may not, or of another tenant, finds nothing to send', async () => {
  await expect(repeatWriteBack({ ...staff, role: 'viewer' }, writeBackId)).rejects.toThrow('No such write-back')
  await expect(repeatWriteBack(await make('boreal'), writeBackId)).rejects.toThrow('No such write-back')
  expect(await standing()).toEqual({ state: 'needs_you', due: 0n, open: 1n })
})

test('pressed twice, it is due once more, and nobody has to look any longer', async () => {
  expect(await repeatWriteBack(staff, writeBackId)).toBe(true)
  expect(await repeatWriteBack(staff, writeBackId)).toBe(false)
  expect(await standing()).toEqual({ state: 'retrying', due: 1n, open: 0n })
})
