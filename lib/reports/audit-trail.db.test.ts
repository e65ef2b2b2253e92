import { afterEach, expect, test } from 'vitest'
import { changeRole, inviteStaff } from '@/lib/access/team'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { makeMsp } from '../../e2e/support/msp.ts'
import { openSession, readSession } from '../access/session'
import { readAuditFilter } from './audit-filter'
import { listAuditPeople } from './audit-people'
import { type AuditKey, readAuditTrail } from './audit-trail'
import { actsMatching } from './audit-words'
import { exportAudit } from './export-audit'

const ours = await makeMsp('larkfield')
const theirs = await makeMsp('boreal')
const clientId = await ours.makeClient('Hadley & Moss Architects')
const invoiceId = await ours.makeInvoice(clientId, 10_000n)
const as = (role: 'owner' | 'finance' | 'viewer') =>
  ({ kind: 'staff', tenantId: ours.tenantId, staffId: ours.staffId, role }) as const
const owner = as('owner')
const stranger = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
const hourMs = 3_600_000
afterEach(() => windClock(0))

const write = (reason: string, id = invoiceId) =>
  withTenant(ours.tenantId, (tx) =>
    audit(tx, { kind: 'staff', id: ours.staffId }, 'invoice.held', { kind: 'invoice', id }, { reason }),
  )
const read = async (asked: Parameters<typeof readAuditFilter>[0]) => {
  const filter = readAuditFilter(asked)
  const { lines } = await readAuditTrail(owner, filter, { matching: actsMatching(filter.search, 'en-US') })
  return lines
}

test('who did it, to what, from where, with what it was before and after', async () => {
  const cookie = await withTenant(ours.tenantId, (tx) =>
    openSession(tx, 'staff', ours.staffId, { userAgent: 'Firefox/150', address: '192.0.2.7' }),
  )
  const actor = await readSession('staff', cookie)
  if (actor?.kind !== 'staff') throw new Error('no session')
  await inviteStaff(actor, { email: 'theo@larkfield.example', name: 'Theo Brandt', role: 'viewer' })
  const theo = (await listAuditPeople(owner)).find(({ name }) => name === 'Theo Brandt')
  await changeRole(actor, theo?.staffId ?? '', 'finance')
  const lines = await read({ what: 'access', q: 'Theo' })
  expect(lines[0]).toMatchObject({
    action: 'staff.role_changed',
    actorName: 'Renee Okafor',
    subjectName: 'Theo Brandt',
    detail: { before: { role: 'viewer' }, after: { role: 'finance' } },
    address: '192.0.2.7',
    userAgent: 'Firefox/150',
  })
  expect(lines.map(({ action }) => action)).toEqual(['staff.role_changed', 'staff.invited'])
})

test('it is narrowed by person, kind, object and words, and a pattern is only text', async () => {
  const otherId = await ours.makeInvoice(clientId, 500n)
  await write('Wrong seats')
  await write('100% agreed', otherId)
  const reasons = async (asked: Parameters<typeof read>[0]) => (await read(asked)).map(({ detail }) => detail.reason)
  expect(await reasons({ what: 'invoice.held' })).toEqual(['100% agreed', 'Wrong seats'])
  expect(await reasons({ object: `invoice:${invoiceId}` })).toEqual(['Wrong seats'])
  expect(await reasons({ q: '100%' })).toEqual(['100% agreed'])
  expect(await reasons({ q: 'put an invoice on hold', who: `staff:${ours.staffId}` })).toHaveLength(2)
  expect(await reasons({ q: 'hadley', what: 'invoices' })).toHaveLength(2)
  expect(await reasons({ who: `staff:${newId()}` })).toEqual([])
  expect(await reasons({ q: '_rong%seats' })).toEqual([])
})

test('a period is whole days where the MSP is', async () => {
  const late = new Date('2027-03-02T04:30:00Z')
  windClock(late.getTime() - Date.now())
  await write('Late in the evening')
  const said = async (from: string, to: string) => (await read({ from, to })).map(({ detail }) => detail.reason)
  expect(await said('2027-03-01', '2027-03-01')).toEqual(['Late in the evening'])
  expect(await said('2027-03-02', '2027-03-02')).toEqual([])
})

test('pages hold every line once, also where many were written at the same moment', async () => {
  const id = await ours.makeInvoice(clientId, 700n)
  await withTenant(ours.tenantId, (tx) =>
    tx.run(sql`
      insert into audit_entries (tenant_id, at, actor_kind, action, subject_kind, subject_id, detail)
      select ${tx.tenantId}, '2026-11-20T12:00:00Z', 'system', 'invoice.held', 'invoice', ${id}, jsonb_build_object('at', n) from generate_series(1, 120) n`),
  )
  const seen: unknown[] = []
  let after: AuditKey | undefined
  do {
    const page = await readAuditTrail(owner, readAuditFilter({ object: `invoice:${id}` }), after && { after })
    seen.push(...page.lines.map(({ detail }) => detail.at))
    after = page.next
  } while (after !== undefined)
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
})

test('an export holds what fits, and is itself in the trail before its first line', async () => {
  const asked = { what: 'audit.exported' }
  const batches = await exportAudit(as('finance'), readAuditFilter(asked), { asked })
  const lines: unknown[] = []
  for await (const batch of batches) lines.push(...batch.map(({ detail }) => detail))
  expect(lines).toEqual([{ filter: asked }])
})

test('a viewer reads and exports nothing, and another MSP finds none of it', async () => {
  await expect(readAuditTrail(as('viewer'), {})).rejects.toThrow('No such page')
  await expect(exportAudit(as('viewer'), {}, { asked: {} })).rejects.toThrow('No such page')
  expect(await listAuditPeople(as('viewer'))).toEqual([])
  windClock(hourMs)
  await write('Ours')
  const { lines } = await readAuditTrail(stranger, readAuditFilter({ what: 'invoices' }))
  expect(lines).toEqual([])
  const named = await readAuditTrail(stranger, readAuditFilter({ object: `invoice:${invoiceId}` }))
  expect(named.lines).toEqual([])
})
