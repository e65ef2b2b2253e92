import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { makeMsp } from '@/e2e/support/msp'
import { withTenant } from '@/lib/base/db'
import { addEndpoint } from './keep-endpoint'
import { post } from './post'

// Not in the sandbox: what a real installation may be sent to.
vi.stubEnv('SANDBOX_CLOCK_URL', '')

let reached = 0
const inside = createServer((_, response) => {
  reached += 1
  response.end('{}')
})
await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done))
const { port } = inside.address() as AddressInfo
afterAll(() => inside.close())

const msp = await makeMsp('larkfield')
const owner = { kind: 'staff', tenantId: msp.tenantId, staffId: msp.staffId, role: 'owner' } as const

/** One private place, many spellings. */
const spellings = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0x7F.0.0.1'],
  ...['0177.0.0.1', '0177.1', '017700000001', '0x7f.0.0.0x1', '00000177.0.0.1', '127.0.0.1.', '0', '0.0.0.0'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:db8::1]', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]'],
  ...['10.0.0.1', '10.1', '167772161', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.1', '3232235521'],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '100.64.0.1', '198.18.0.1', '224.0.0.1'],
  ...['127。0。0。1', '１２７.0.0.1', '①②⑦.0.0.1', 'localhost', 'localhost.', 'LOCALHOST', 'api.localhost'],
  ...['printer.local', 'db.internal', 'intranet'],
]

test('there are more than forty spellings of a private address to refuse', () => {
  expect(new Set(spellings).size).toBeGreaterThan(40)
})

test.each(spellings)('%s is refused when it is saved, and not reached when it is sent to', async (host) => {
  const url = `https://${host}:${port}/hook`
  const added = await withTenant(msp.tenantId, (tx) =>
    addEndpoint(tx, owner, { url, description: '', events: ['invoice.paid'] }),
  )
  expect(added).toMatchObject({ ok: false, because: 'url' })
  expect((await post(url, '{}', {})).error).toBeDefined()
  expect(reached).toBe(0)
})

test.each([
  'http://robot.example.com/hook',
  'ftp://robot.example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:password@robot.example.com/hook',
  'robot.example.com',
  '',
])('%s is no address to send to', async (url) => {
  const added = await withTenant(msp.tenantId, (tx) =>
    addEndpoint(tx, owner, { url, description: '', events: ['invoice.paid'] }),
  )
  expect(added).toMatchObject({ ok: false, because: 'url' })
})

test('an address of the open internet is taken', async () => {
  const added = await withTenant(msp.tenantId, (tx) =>
    addEndpoint(tx, owner, { url: 'https://robot.example.com/hook', description: '', events: ['invoice.paid'] }),
  )
  expect(added).toMatchObject({ ok: true })
})
