import { afterAll, expect, test } from 'vitest'
import { now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { loadConnection, readSecret } from '@/lib/connectors/connection'
import { createTenant } from '@/lib/tenancy/across-tenants'
import { startBooksStage } from '../../e2e/support/books-stage.ts'
import { readBooksSettings } from './account-mapping'
import { checkAccounting } from './check-accounting'
import { chooseAccounts, readAccountChoice } from './choose-accounts'
import { beginConnect, disconnectAccounting, finishConnect } from './connect-accounting'
import { QuickbooksSecret } from './quickbooks-online/secret'

const stage = await startBooksStage('connect')
afterAll(() => stage.stop())
const { staff, tenantId } = stage
const connection = () => withTenant(tenantId, (tx) => loadConnection(tx, 'accounting'))

test('only the member of staff who began it can finish it, at the same MSP, in time, and with an unbroken state', async () => {
  const colleague = { ...staff, staffId: '00000000-0000-7000-8000-000000000001' }
  expect(await finishConnect(colleague, await stage.consent())).toMatchObject({ ok: false, because: 'state' })

  const elsewhere = await createTenant({
    slug: 'boreal',
    name: 'Boréal',
    legalName: 'Boréal inc.',
    timeZone: 'America/Toronto',
    locale: 'fr-CA',
    currency: 'CAD',
    brand: {},
    settings: {},
    owner: { email: 'luc@boreal.example', name: 'Luc Tremblay' },
  })
  const stranger = { kind: 'staff', role: 'owner', ...elsewhere } as const
  expect(await finishConnect(stranger, await stage.consent())).toMatchObject({ ok: false, because: 'state' })

  const forged = await stage.consent()
  forged.set('state', `${forged.get('state')}x`)
  expect(await finishConnect(staff, forged)).toMatchObject({ ok: false, because: 'state' })

  const late = await stage.consent()
  const offsetMs = now().getTime() - Date.now()
  windClock(offsetMs + 31 * 60_000)
  expect(await finishConnect(staff, late)).toMatchObject({ ok: false, because: 'state' })
  windClock(offsetMs)
  expect(await connection()).toBeUndefined()
})

test('a viewer or a client cannot begin it', async () => {
  for (const actor of [
    { ...staff, role: 'viewer' } as const,
    { kind: 'contact', tenantId, contactId: '', clientId: '', role: 'owner' } as const,
  ])
    await expect(beginConnect(actor)).rejects.toThrow('No such page')
})

test('declined there, nothing is connected here', async () => {
  expect(await finishConnect(staff, await stage.consent('cancel'))).toMatchObject({ ok: false, because: 'declined' })
  expect(await connection()).toBeUndefined()
})

test('connecting reads who it is and finds the accounts by type; a code is good once', async () => {
  const query = await stage.consent()
  expect(await finishConnect(staff, query)).toMatchObject({ ok: true, accountName: 'Larkfield IT' })
  expect(await finishConnect(staff, query)).toMatchObject({ ok: false, because: 'vendor' })
  const { mapping, accounts } = readBooksSettings((await connection())?.settings)
  const named = Object.fromEntries(
    Object.entries(mapping).map(([role, id]) => [role, accounts.find(({ externalId }) => externalId === id)?.name]),
  )
  expect(named).toEqual({
    clearing: 'Undeposited Funds',
    bank: 'Operating',
    processor_fees: 'Processor fees',
    receivable: 'Accounts Receivable (A/R)',
    surcharge_income: 'Surcharge income',
    disputed: 'Disputed receivables',
    write_offs: 'Bad debts',
  })
})

test('tokens never stand in the clear, in no table', async () => {
  const { refreshToken } = QuickbooksSecret.parse(
    await withTenant(tenantId, async (tx) => readSecret(tx, (await loadConnection(tx, 'accounting'))?.id ?? '')),
  )
  const rows = await stage.rows<{ all: string }>(sql`
    select (select string_agg(c::text, '') from connections c where c.tenant_id = ${tenantId})
      || (select coalesce(string_agg(a::text, ''), '') from audit_entries a where a.tenant_id = ${tenantId}) as all`)
  expect(rows[0]?.all).not.toContain(refreshToken)
  expect(rows[0]?.all).toContain('connection.connected')
})

test('a chosen account stays chosen when the same company is connected again; one that is not there is refused', async () => {
  const { mapping, missing, accounts } = await readAccountChoice(staff)
  expect(missing).toEqual([])
  const savings = accounts.find(({ name }) => name === 'Savings')?.externalId ?? ''
  await chooseAccounts(staff, { ...mapping, bank: savings })
  await expect(chooseAccounts(staff, { ...mapping, bank: '9999' })).rejects.toThrow('no such account')
  const before = await connection()
  await stage.connect()
  const after = await connection()
  expect(after?.id).toBe(before?.id)
  expect(readBooksSettings(after?.settings).mapping.bank).toBe(savings)
})

test('a check asks again whom we talk to, for those who may manage connections', async () => {
  const before = await connection()
  expect(await checkAccounting(staff)).toBe(true)
  const after = await connection()
  expect(after?.accountName).toBe('Larkfield IT')
  expect(after?.checkedAt.getTime()).toBeGreaterThan(before?.checkedAt.getTime() ?? Number.NaN)
  stage.quickbooks.fail('error-before', 'companyinfo', 99) // a read is asked for again, a few times
  expect(await checkAccounting(staff)).toBe(false)
  stage.quickbooks.heal()
  expect((await connection())?.checkedAt).toEqual(after?.checkedAt)
  await expect(checkAccounting({ ...staff, role: 'viewer' })).rejects.toThrow('No such page')
})

test('disconnecting ends it at QuickBooks too', async () => {
  const secret = QuickbooksSecret.parse(
    await withTenant(tenantId, async (tx) => readSecret(tx, (await loadConnection(tx, 'accounting'))?.id ?? '')),
  )
  await disconnectAccounting(staff)
  expect(await connection()).toBeUndefined()
  await expect(checkAccounting(staff)).rejects.toThrow('No books are connected')
  const response = await fetch(
    `${stage.quickbooks.url}/v3/company/${secret.realmId}/companyinfo/${secret.realmId}?minorversion=75`,
    {
      headers: { authorization: `Bearer ${secret.accessToken}`, accept: 'application/json' },
    },
  )
  expect(response.status).toBe(401)
})
