import { beforeEach, expect, test } from 'vitest'
import type { ContactActor } from '@/lib/access/require-contact'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { addPaper, type NewPaper } from './add-paper'
import { paperAnswer } from './paper-answer'
import { listKeptPapers, listPapers, openPaper } from './read-papers'
import { withdrawPaper } from './withdraw-paper'

let msp: TestMsp
let owner: StaffActor
let client: ContactActor
let sibling: ContactActor
let number = 0
beforeEach(async () => {
  number += 1
  msp = await makeMsp(`papers-${number}`)
  owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' }
  client = contactOf(await msp.makeClient())
  sibling = contactOf(await msp.makeClient('Mercer Packaging'))
})

function contactOf(clientId: string): ContactActor {
  return { kind: 'contact', tenantId: msp.tenantId, contactId: newId(), clientId, role: 'viewer' }
}
const pdf = (text: string) => Buffer.from(`%PDF-1.7\n1 0 obj\n(${text})\nendobj\nstartxref\n9\n%%EOF\n`)
async function handOut(paper: Partial<NewPaper> = {}): Promise<string> {
  const added = await addPaper(owner, { title: 'W-9', pdf: pdf('one'), ...paper })
  if (!added.ok) throw new Error(added.because)
  return added.id
}
const titles = async (actor: ContactActor) => (await listPapers(actor)).map(({ title }) => title)
const acts = async () =>
  (
    await withTenant(msp.tenantId, (tx) =>
      tx.rows<{ action: string }>(
        sql`select action from audit_entries where tenant_id = ${tx.tenantId} and subject_kind = 'paper' order by id`,
      ),
    )
  ).map(({ action }) => action)

test('a paper for all is every client’s, one for a client is that client’s alone', async () => {
  await handOut({ title: 'Certificate of insurance', year: 2026 })
  const own = await handOut({ title: '1099-NEC', year: 2025, clientId: client.clientId })
  expect(await titles(client)).toEqual(['Certificate of insurance', '1099-NEC'])
  expect(await titles(sibling)).toEqual(['Certificate of insurance'])
  expect((await openPaper(client, own)).pdf).toEqual(pdf('one'))
  await expect(openPaper(sibling, own)).rejects.toMatchObject({ kind: 'not-found' })
  expect((await listKeptPapers(owner, client.clientId)).map(({ id }) => id)).toEqual([own])
  expect(await acts()).toEqual(['paper.added', 'paper.added'])
})

test('another takes its place in one step, for whomever it was for; the old one stays with staff', async () => {
  const before = await handOut({ clientId: client.clientId })
  const after = await handOut({ title: 'W-9', year: 2026, replaces: before, clientId: sibling.clientId })
  expect((await listPapers(client)).map(({ id, year }) => [id, year])).toEqual([[after, 2026]])
  expect(await titles(sibling)).toEqual([])
  await expect(openPaper(client, before)).rejects.toMatchObject({ kind: 'not-found' })
  expect((await openPaper(owner, before)).title).toBe('W-9')
  expect(await addPaper(owner, { title: 'W-9', pdf: pdf('x'), replaces: before })).toEqual({
    ok: false,
    because: 'gone',
  })
  expect(await acts()).toEqual(['paper.added', 'paper.replaced'])
})

test('two who replace one paper at once leave one in its place', async () => {
  const before = await handOut()
  const both = await Promise.all(
    ['first', 'second'].map((text) => addPaper(owner, { title: 'W-9', pdf: pdf(text), replaces: before })),
  )
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(await titles(client)).toEqual(['W-9'])
})

test('one that is withdrawn is shown no more, and stays as it was', async () => {
  const id = await handOut()
  expect(await withdrawPaper(owner, id)).toBe(true)
  expect(await withdrawPaper(owner, id)).toBe(false)
  expect(await titles(client)).toEqual([])
  await expect(openPaper(client, id)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await listKeptPapers(owner)).toMatchObject([{ id, withdrawn: { by: 'Renee Okafor', isReplaced: false } }])
  const change = (statement: ReturnType<typeof sql>) => withTenant(msp.tenantId, (tx) => tx.run(statement))
  await expect(
    change(sql`update papers set withdrawn_at = null, withdrawn_by = null where tenant_id = ${msp.tenantId}`),
  ).rejects.toThrow(/never changed/)
  await expect(change(sql`update papers set title = 'x' where tenant_id = ${msp.tenantId}`)).rejects.toThrow(/denied/)
  await expect(change(sql`delete from papers where tenant_id = ${msp.tenantId}`)).rejects.toThrow(/denied/)
  expect(await acts()).toEqual(['paper.added', 'paper.withdrawn'])
})

test('who only looks hands nothing out, and a file that does something is not kept', async () => {
  const viewer = { ...owner, role: 'viewer' } as const
  const id = await handOut()
  expect(await addPaper(viewer, { title: 'x', pdf: pdf('x') })).toEqual({ ok: false, because: 'may-not' })
  expect(await withdrawPaper(viewer, id)).toBe(false)
  expect(await addPaper(owner, { title: 'x', pdf: pdf('/JavaScript') })).toEqual({ ok: false, because: 'active' })
  expect(await addPaper(owner, { title: 'x', pdf: pdf('x'), clientId: newId() })).toEqual({
    ok: false,
    because: 'gone',
  })
  expect((await listKeptPapers(owner)).map((paper) => paper.id)).toEqual([id])
})

test('another MSP neither opens, replaces nor withdraws it, and hands nothing to a client of ours', async () => {
  const id = await handOut({ clientId: client.clientId })
  const other = await makeMsp(`papers-other-${number}`)
  const stranger = { kind: 'staff', tenantId: other.tenantId, staffId: other.staffId, role: 'owner' } as const
  await expect(openPaper(stranger, id)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(openPaper({ ...client, tenantId: other.tenantId }, id)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await listKeptPapers(stranger, client.clientId)).toEqual([])
  expect(await withdrawPaper(stranger, id)).toBe(false)
  const theirs = { title: 'x', pdf: pdf('x') }
  expect(await addPaper(stranger, { ...theirs, replaces: id })).toEqual({ ok: false, because: 'gone' })
  expect(await addPaper(stranger, { ...theirs, clientId: client.clientId })).toEqual({ ok: false, because: 'gone' })
  expect(await titles(client)).toEqual(['W-9'])
})

test('whoever holds a mailed link sees no papers, not even those for everybody', async () => {
  const id = await handOut()
  const link = {
    kind: 'link',
    tenantId: msp.tenantId,
    linkId: newId(),
    invoiceId: newId(),
    clientId: client.clientId,
  } as const
  await expect(openPaper(link, id)).rejects.toMatchObject({ kind: 'not-found' })
})

test('it is served to be saved: never shown on our site, never guessed at, nothing in it may run', async () => {
  const paper = await openPaper(client, await handOut({ title: 'Attestation d’été "x"', year: 2026 }))
  const { headers } = paperAnswer(paper)
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="Attestation-d-_t_-x-2026.pdf"; filename*=UTF-8''Attestation-d-%C3%A9t%C3%A9-x-2026.pdf`,
  )
  expect(headers.get('content-type')).toBe('application/pdf')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
})
