import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { checkSender } from '@/lib/mail/sender/check-sender'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { type DnsService, startDns } from '../../sandbox/dns/start-dns.ts'
import { watchSender } from './watch-sender'

let dns: DnsService
let larkfield: TestMsp
let boreal: TestMsp
const domain = 'larkfield.example'

beforeAll(async () => {
  dns = await startDns({ port: 0 })
  process.env.DNS_SERVERS = dns.address
  process.env.MAIL_FROM = `billing@${domain}`
  process.env.SMTP_URL = 'smtp://user:secret@smtp.gmail.com:587'
  larkfield = await makeMsp('larkfield')
  boreal = await makeMsp('boreal')
  txt('_spf.google.com', 'v=spf1 ip4:74.125.0.0/16 ~all')
  publish()
})
afterAll(() => dns.close())

function txt(name: string, ...values: string[]): void {
  dns.set(
    name,
    values.map((value) => ({ type: 'TXT', value })),
  )
}
function publish(): void {
  txt(domain, 'v=spf1 include:_spf.google.com ~all')
  txt(`_dmarc.${domain}`, 'v=DMARC1; p=reject')
}
async function told({ tenantId }: TestMsp): Promise<string[]> {
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ subjectId: string; detail: string }>(sql`
      select subject_id, detail from exceptions
      where tenant_id = ${tx.tenantId} and cause = 'sender-lost' and closed_at is null order by subject_id`),
  )
  expect(rows.every(({ detail }) => detail.includes(`of ${domain} was in order`))).toBe(true)
  return rows.map(({ subjectId }) => subjectId)
}

test('a record that was in order and is gone is put before a person, night after night once, until it is back', async () => {
  await checkSender(larkfield.tenantId, 'google')
  await watchSender(larkfield.tenantId)
  expect(await told(larkfield)).toEqual([])
  txt(domain, 'something else')
  for (let night = 0; night < 2; night += 1) await watchSender(larkfield.tenantId)
  // The key, which never was there, is not among it.
  expect(await told(larkfield)).toContain('spf')
  expect(await told(larkfield)).not.toContain('dkim')
  publish()
  await watchSender(larkfield.tenantId)
  expect(await told(larkfield)).toEqual([])
})

test('a night in which nobody answers says nothing, and what was lost in it is found the night after', async () => {
  dns.silence(true)
  await watchSender(larkfield.tenantId)
  expect(await told(larkfield)).toEqual([])
  dns.silence(false)
  txt(`_dmarc.${domain}`)
  await watchSender(larkfield.tenantId)
  expect(await told(larkfield)).toEqual(['dmarc'])
  // Whoever mends it and checks at once need not wait for the night.
  publish()
  await checkSender(larkfield.tenantId, 'google')
  expect(await told(larkfield)).toEqual([])
})

test('where nobody has ever asked, nobody is told', async () => {
  txt(domain)
  await watchSender(boreal.tenantId)
  expect(await told(boreal)).toEqual([])
})
