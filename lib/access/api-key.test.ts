import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readApiKey, writeApiKey } from './api-key'

const uuid = fc.uuid()
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('a key says its mode and its tenant, whatever the secret', () => {
  fc.assert(
    fc.property(fc.constantFrom('live' as const, 'test' as const), uuid, secret, (mode, tenantId, bytes) => {
      const key = writeApiKey(mode, tenantId, bytes)
      expect(key).toMatch(/^clk_(live|test)_[0-9A-Za-z]{71}$/)
      expect(readApiKey(key)).toEqual({ mode, tenantId })
    }),
  )
})

test('a letter that was changed, lost or added is noticed without asking anybody', () => {
  const key = writeApiKey('live', '0190a0a0-0000-7000-8000-000000000000', randomBytes(32))
  for (let at = 0; at < key.length; at += 1) {
    const other = key[at] === 'x' ? 'y' : 'x'
    expect(readApiKey(key.slice(0, at) + other + key.slice(at + 1))).toBeUndefined()
    expect(readApiKey(key.slice(0, at) + key.slice(at + 1))).toBeUndefined()
  }
  for (const nonsense of ['', `${key} `, `${key}0`, 'clk_live_', key.replace('live', 'test'), 'sk_live_abc'])
    expect(readApiKey(nonsense)).toBeUndefined()
})

test('two keys of one tenant share nothing but that', () => {
  const tenantId = '0190a0a0-0000-7000-8000-000000000000'
  const [one, other] = [1, 2].map((fill) => writeApiKey('test', tenantId, new Uint8Array(32).fill(fill)))
  expect(one?.slice(9, 52)).not.toBe(other?.slice(9, 52))
  expect(one?.slice(52, 74)).toBe(other?.slice(52, 74))
})
