import { expect, test } from 'vitest'
import { keyIdOf, parseKeyring, seal, unseal } from './secrets'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const old = parseKeyring(`2025:${key(1)}`)
const both = parseKeyring(`2026:${key(2)},2025:${key(1)}`)

test('a secret opens in its own place only', () => {
  const sealed = seal('{"privateKey":"x"}', 'tenant-a:connection-1', both)
  expect(unseal(sealed, 'tenant-a:connection-1', both)).toBe('{"privateKey":"x"}')
  expect(() => unseal(sealed, 'tenant-b:connection-1', both)).toThrow('belongs elsewhere')
})

test('what an old key sealed still opens after rotation, and is sealed anew with the current one', () => {
  const before = seal('token', 'place', old)
  expect(unseal(before, 'place', both)).toBe('token')
  expect(keyIdOf(before)).toBe('2025')
  expect(keyIdOf(seal('token', 'place', both))).toBe('2026')
  expect(() => unseal(seal('token', 'place', both), 'place', old)).toThrow('No key opens')
})

test('a changed bit is noticed, and equal secrets never look alike', () => {
  const sealed = seal('token', 'place', both)
  expect(seal('token', 'place', both)).not.toBe(sealed)
  const [rest, ciphertext = ''] = [sealed.slice(0, sealed.lastIndexOf('.') + 1), sealed.split('.').at(-1)]
  const flipped = `${ciphertext.startsWith('A') ? 'B' : 'A'}${ciphertext.slice(1)}`
  expect(() => unseal(`${rest}${flipped}`, 'place', both)).toThrow('changed')
  expect(() => parseKeyring('short:AAAA')).toThrow('32 bytes')
})
