import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { keyIdOf, parseKeyring, unseal } from '@/lib/base/secrets'
import { sql } from '@/lib/base/sql'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { disconnect, placeOf, saveConnection, saveSecret } from './connection'
import { rotateSecrets } from './rotate-secrets'

const fresh = `fresh:${Buffer.alloc(32, 9).toString('base64')}`
const both = `${fresh},${env().SECRET_KEYS}`

async function tenantWithBooks(slug: string): Promise<{ tenantId: string; connectionId: string }> {
  const { tenantId } = await createTenant({
    slug,
    name: slug,
    legalName: slug,
    timeZone: 'America/New_York',
    locale: 'en-US',
    currency: 'USD',
    brand: {},
    settings: {},
    owner: { email: `owner@${slug}.example`, name: 'Renee Okafor' },
  })
  const connectionId = await connect(tenantId, slug)
  return { tenantId, connectionId }
}

const connect = (tenantId: string, account: string) =>
  withTenant(tenantId, (tx) =>
    saveConnection(tx, {
      kind: 'accounting',
      connector: 'quickbooks-online',
      secret: { refreshToken: `of ${account}` },
      account,
      accountName: account,
      missing: [],
    }),
  )

async function envelopeOf({ tenantId, connectionId }: { tenantId: string; connectionId: string }): Promise<string> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ secret: string }>(
      sql`select secret from connections where tenant_id = ${tx.tenantId} and id = ${connectionId}`,
    ),
  )
  return row?.secret ?? ''
}

const opened = async (of: { tenantId: string; connectionId: string }, keys: string): Promise<unknown> =>
  JSON.parse(unseal(await envelopeOf(of), placeOf(of.tenantId, of.connectionId), parseKeyring(keys)))

test('after a rotation every secret of every tenant opens with the new key alone, and a second one changes nothing', async () => {
  const [first, second] = [await tenantWithBooks('one'), await tenantWithBooks('two')]
  expect(await rotateSecrets(both)).toEqual({ count: 2, keyId: 'fresh' })
  expect(await opened(first, fresh)).toEqual({ refreshToken: 'of one' })
  expect(await opened(second, fresh)).toEqual({ refreshToken: 'of two' })
  const before = await envelopeOf(first)
  expect(await rotateSecrets(both)).toEqual({ count: 0, keyId: 'fresh' })
  expect(await envelopeOf(first)).toBe(before)
})

test('a secret that is replaced while the rotation runs is never set back', async () => {
  const busy = await tenantWithBooks('busy')
  const replace = async () => {
    for (let turn = 1; turn <= 40; turn++)
      await withTenant(busy.tenantId, (tx) => saveSecret(tx, busy.connectionId, { refreshToken: `turn ${turn}` }))
  }
  const rotate = async () => {
    for (let turn = 1; turn <= 40; turn++) await rotateSecrets(both)
  }
  await Promise.all([replace(), rotate()])
  expect(await opened(busy, both)).toEqual({ refreshToken: 'turn 40' })
  await rotateSecrets(both)
  expect(keyIdOf(await envelopeOf(busy))).toBe('fresh')
})

test('a forgotten secret stays forgotten, and an unknown key stops the rotation instead of losing a secret', async () => {
  const gone = await tenantWithBooks('gone')
  await withTenant(gone.tenantId, (tx) => disconnect(tx, gone.connectionId))
  const { tenantId } = gone
  const stays = { tenantId, connectionId: await connect(tenantId, 'again') }
  const before = await envelopeOf(stays)
  await expect(rotateSecrets(fresh)).rejects.toThrow('No key opens this secret')
  expect(await envelopeOf(stays)).toBe(before)
  expect(await envelopeOf(gone)).toBe('')
})
