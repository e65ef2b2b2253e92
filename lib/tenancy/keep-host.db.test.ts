import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { type DnsService, startDns } from '../../sandbox/dns/start-dns.ts'
import { findTenantOfHost } from './across-tenants'
import { checkCustomHost, getCustomHost, removeCustomHost, setCustomHost } from './keep-host'
import { tenantAddress } from './tenant-address'

let dns: DnsService
let [larkfield, boreal] = [] as unknown as [TestMsp, TestMsp]
const by = { kind: 'staff', id: 'renee' }
const host = 'pay.larkfield.example'

beforeAll(async () => {
  dns = await startDns({ port: 0 })
  process.env.DNS_SERVERS = dns.address
  process.env.PUBLIC_URL = 'https://closeloop.example'
  larkfield = await makeMsp('larkfield')
  boreal = await makeMsp('boreal')
})
afterAll(() => dns.close())

const customOf = (msp: TestMsp) => withTenant(msp.tenantId, getCustomHost)
const addressOf = (msp: TestMsp) => withTenant(msp.tenantId, tenantAddress)

async function publishRecords(msp: TestMsp, token?: string): Promise<void> {
  const custom = await customOf(msp)
  dns.set(host, [{ type: 'CNAME', value: 'closeloop.example' }])
  dns.set(`_closeloop.${host}`, [{ type: 'TXT', value: `closeloop=${token ?? custom?.token ?? ''}` }])
}

test('a name is served once its records prove it, and mailed links carry it', async () => {
  expect(await setCustomHost(larkfield.tenantId, by, host)).toEqual({ ok: true })
  expect(await checkCustomHost(larkfield.tenantId, by)).toMatchObject({ state: 'pending', isLost: false })
  expect(await findTenantOfHost(host)).toBeUndefined()
  await publishRecords(larkfield, 'somebody-else')
  expect((await checkCustomHost(larkfield.tenantId, by))?.problem).toContain('says something else')
  expect(await addressOf(larkfield)).toBe('https://closeloop.example/m/larkfield')
  await publishRecords(larkfield)
  expect(await checkCustomHost(larkfield.tenantId, by)).toMatchObject({ state: 'verified', problem: '' })
  expect((await findTenantOfHost(host))?.tenantId).toBe(larkfield.tenantId)
  expect(await addressOf(larkfield)).toBe(`https://${host}`)
  expect(await addressOf(boreal)).toBe('https://closeloop.example/m/boreal')
})

test('a name one tenant holds cannot be taken by another, whatever its records say', async () => {
  await setCustomHost(boreal.tenantId, by, host)
  await publishRecords(boreal)
  expect(await checkCustomHost(boreal.tenantId, by)).toMatchObject({ state: 'pending' })
  expect((await findTenantOfHost(host))?.tenantId).toBe(larkfield.tenantId)
  await removeCustomHost(boreal.tenantId, by)
})

test('a name server that is silent takes nothing away; records that are gone do', async () => {
  dns.silence(true)
  expect(await checkCustomHost(larkfield.tenantId, by)).toMatchObject({ state: 'verified', isLost: false })
  dns.silence(false)
  dns.set(`_closeloop.${host}`, [])
  expect(await checkCustomHost(larkfield.tenantId, by)).toMatchObject({ state: 'lost', isLost: true })
  expect(await findTenantOfHost(host)).toBeUndefined()
  expect(await addressOf(larkfield)).toBe('https://closeloop.example/m/larkfield')
  // Told once: the next check finds it lost already.
  expect(await checkCustomHost(larkfield.tenantId, by)).toMatchObject({ state: 'lost', isLost: false })
})

test('another name has to prove itself anew', async () => {
  const before = await customOf(larkfield)
  await setCustomHost(larkfield.tenantId, by, 'billing.larkfield.example')
  const after = await customOf(larkfield)
  expect(after).toMatchObject({ host: 'billing.larkfield.example', state: 'pending', problem: '' })
  expect(after?.token).not.toBe(before?.token)
})
