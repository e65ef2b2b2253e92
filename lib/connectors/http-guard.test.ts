import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { call, usualJudge } from './http'

// Not in the sandbox: what a real installation may reach.
vi.stubEnv('DATABASE_URL', 'postgres://nowhere')
vi.stubEnv('SECRET_KEYS', `test:${Buffer.alloc(32, 7).toString('base64')}`)
vi.stubEnv('SANDBOX_CLOCK_URL', '')

let reached = 0
const inside = createServer((_, response) => {
  reached += 1
  response.end('{}')
})
await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done))
const { port } = inside.address() as AddressInfo
afterAll(() => inside.close())

const judge = usualJudge(() => ({ message: '' }))

test.each([
  `http://127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}/`,
  `https://localhost:${port}/`,
  `https://2130706433:${port}/`,
  `https://0x7f.1:${port}/`,
  `https://0177.0.0.1:${port}/`,
  `https://[::1]:${port}/`,
  `https://[::ffff:127.0.0.1]:${port}/`,
  'https://169.254.169.254/latest/meta-data/',
  'https://user:password@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
])('%s is never asked', async (url) => {
  await expect(call({ method: 'GET', url }, judge)).rejects.toMatchObject({ cure: 'stop' })
  expect(reached).toBe(0)
})
