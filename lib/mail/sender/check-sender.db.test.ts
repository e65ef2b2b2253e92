import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { makeMsp, type TestMsp } from '../../../e2e/support/msp.ts'
import { type DnsService, startDns } from '../../../sandbox/dns/start-dns.ts'
import { checkSender, readSender, readSenderCheck } from './check-sender'
import { judgeSender } from './sender'

let dns: DnsService
let [larkfield, boreal] = [] as unknown as [TestMsp, TestMsp]
const domain = 'larkfield.example'

beforeAll(async () => {
  dns = await startDns({ port: 0 })
  process.env.DNS_SERVERS = dns.address
  process.env.MAIL_FROM = `billing@${domain}`
  process.env.SMTP_URL = 'smtp://user:secret@smtp.gmail.com:587'
  larkfield = await makeMsp('larkfield')
  boreal = await makeMsp('boreal')
})
afterAll(() => dns.close())

const txt = (name: string, ...values: string[]) =>
  dns.set(
    name,
    values.map((value) => ({ type: 'TXT', value })),
  )
const checkOf = (msp: TestMsp) => withTenant(msp.tenantId, readSenderCheck)
async function judged(msp: TestMsp) {
  const check = await checkOf(msp)
  return judgeSender(readSender(), check?.selector ?? '', check?.answers ?? {})
}

test('what is missing is said, and once it is published the next check finds it', async () => {
  expect(await checkOf(larkfield)).toBeUndefined()
  expect(await checkSender(larkfield.tenantId, '')).toEqual({ ok: true })
  expect(await judged(larkfield)).toMatchObject({
    spf: { state: 'bad', wanted: { name: domain, value: 'v=spf1 include:_spf.google.com ~all' } },
    dkim: { state: 'unknown' },
    dmarc: { state: 'bad', wanted: { name: `_dmarc.${domain}` } },
  })
  txt(domain, 'v=spf1 include:_spf.google.com ~all', 'something else')
  txt('_spf.google.com', 'v=spf1 include:_netblocks.google.com ~all')
  txt('_netblocks.google.com', 'v=spf1 ip4:74.125.0.0/16 ~all')
  txt(`_dmarc.${domain}`, 'v=DMARC1; p=reject')
  await checkSender(larkfield.tenantId, ' Google ')
  expect(await judged(larkfield)).toMatchObject({
    spf: { state: 'good' },
    dkim: { state: 'bad', wanted: { name: `google._domainkey.${domain}` } },
    dmarc: { state: 'good' },
  })
  expect((await checkOf(larkfield))?.selector).toBe('google')
  expect(await checkOf(boreal)).toBeUndefined()
})

test('a silent name server is said to be silent, and takes seconds, not minutes', async () => {
  dns.silence(true)
  expect(await checkSender(boreal.tenantId, '')).toEqual({ ok: true })
  expect(await judged(boreal)).toMatchObject({ spf: { state: 'unknown' }, dmarc: { state: 'unknown' } })
  dns.silence(false)
})

test('a record full of includes is not followed without end, nor to what is no name', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `include:i${at}.${domain}`).join(' ')
  txt(domain, `v=spf1 include:not_a..name include:%{i}.x.example ${many} ~all`)
  await checkSender(larkfield.tenantId, 'google')
  expect(Object.values((await checkOf(larkfield))?.answers ?? {}).filter((one) => one !== null).length).toBeLessThan(60)
  expect(await judged(larkfield)).toMatchObject({ spf: { state: 'bad' } })
})

test('what is no selector is not asked for', async () => {
  expect(await checkSender(larkfield.tenantId, 'a b')).toEqual({ ok: false, because: 'selector' })
})
