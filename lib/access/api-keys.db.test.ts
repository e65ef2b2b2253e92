import { expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { listApiKeys } from './list-api-keys'
import { makeApiKey, rotateApiKey } from './make-api-key'
import { openApiKey } from './open-api-key'
import type { StaffActor } from './require-staff'
import { revokeApiKey } from './revoke-api-key'

const owner = async (slug: string): Promise<StaffActor> => {
  const made = await createTenant({
    ...{ slug, name: slug, legalName: slug, timeZone: 'America/New_York', locale: 'en-US', currency: 'USD' },
    ...{ brand: {}, settings: {}, owner: { email: `renee@${slug}.example`, name: 'Renee Okafor' } },
  })
  return { kind: 'staff', ...made, role: 'owner' }
}
const ours = await owner('larkfield')
const theirs = await owner('boreal')

const make = async (scopes: ('read' | 'write' | 'sessions')[] = ['read']) => {
  const made = await makeApiKey(ours, { name: 'Ticket robot', scopes })
  if (!made.ok) throw new Error(made.because)
  return made
}

test('a key opens its own MSP with its scopes, and nothing at rest would open it', async () => {
  const { id, key } = await make(['write', 'read'])
  expect(await openApiKey(key)).toEqual({
    ok: true,
    actor: { kind: 'api', tenantId: ours.tenantId, keyId: id, scopes: ['read', 'write'] },
  })
  const row = await withTenant(ours.tenantId, (tx) =>
    tx.row<{ text: string }>(
      sql`select to_jsonb(k)::text as text from api_keys k where tenant_id = ${tx.tenantId} and id = ${id}`,
    ),
  )
  expect(row?.text).toContain(key.slice(0, 15))
  expect(row?.text).not.toContain(key.slice(9, 40))
  expect((await listApiKeys(ours))[0]).toMatchObject({ id, createdBy: 'Renee Okafor', state: 'works' })
  expect(await listApiKeys(theirs)).toEqual([])
})

test('only an owner makes, rotates and revokes keys', async () => {
  const { id, key } = await make()
  for (const role of ['finance', 'viewer'] as const) {
    const staff = { ...ours, role }
    expect(await makeApiKey(staff, { name: 'x', scopes: ['read'] })).toEqual({ ok: false, because: 'not-owner' })
    expect(await rotateApiKey(staff, id, 0)).toEqual({ ok: false, because: 'not-owner' })
    expect(await revokeApiKey(staff, id)).toBe(false)
  }
  expect(await openApiKey(key)).toMatchObject({ ok: true })
})

test('another MSP’s owner ends no key of ours, and its tenant in the key opens nothing', async () => {
  const { id, key } = await make()
  expect(await revokeApiKey(theirs, id)).toBe(false)
  expect(await rotateApiKey(theirs, id, 0)).toEqual({ ok: false, because: 'unknown' })
  expect(await rotateApiKey(ours, newId(), 0)).toEqual({ ok: false, because: 'unknown' })
  expect(await openApiKey(key)).toMatchObject({ ok: true })
  const { writeApiKey } = await import('./api-key')
  expect(await openApiKey(writeApiKey('live', ours.tenantId, new Uint8Array(32)))).toEqual({
    ok: false,
    because: 'unknown',
  })
  expect(await openApiKey(`${key.slice(0, -1)}_`)).toEqual({ ok: false, because: 'malformed' })
})

test('a revoked key is refused at its next use', async () => {
  const { id, key } = await make()
  expect(await revokeApiKey(ours, id)).toBe(true)
  expect(await revokeApiKey(ours, id)).toBe(false)
  expect(await openApiKey(key)).toEqual({ ok: false, because: 'revoked' })
})

test('a rotated key works beside its successor until the overlap is over, and not after', async () => {
  const { id, key } = await make(['read', 'sessions'])
  const successor = await rotateApiKey(ours, id, 24)
  if (!successor.ok) throw new Error(successor.because)
  expect(await openApiKey(key)).toMatchObject({ ok: true })
  expect(await openApiKey(successor.key)).toMatchObject({ ok: true, actor: { scopes: ['read', 'sessions'] } })
  windClock(24 * 3_600_000)
  try {
    expect(await openApiKey(key)).toEqual({ ok: false, because: 'expired' })
    expect(await openApiKey(successor.key)).toMatchObject({ ok: true })
    expect(await rotateApiKey(ours, id, 24)).toEqual({ ok: false, because: 'unknown' })
  } finally {
    windClock(0)
  }
})

test('a use is written down once a minute', async () => {
  const { id, key } = await make()
  const usedAt = async () => (await listApiKeys(ours)).find((one) => one.id === id)?.lastUsedAt
  expect(await usedAt()).toBeNull()
  await openApiKey(key)
  const first = await usedAt()
  await openApiKey(key)
  expect(await usedAt()).toEqual(first)
  windClock(61_000)
  try {
    await openApiKey(key)
    expect((await usedAt())?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 60_000)
    expect((await usedAt())?.getTime()).toBeLessThanOrEqual(now().getTime())
  } finally {
    windClock(0)
  }
})
