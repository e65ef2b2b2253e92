import { crc32 } from 'node:zlib'

/** What a key may do: read everything, change things, or only open checkout sessions for a web site's visitors. */
export const apiScopes = ['read', 'write', 'sessions'] as const
export type ApiScope = (typeof apiScopes)[number]
export type ApiMode = 'live' | 'test'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secretLength = 43
const tenantLength = 22
const checksumLength = 6

/** What a scanner for leaked secrets looks for; the checksum then says whether it is one. */
const pattern = /^clk_(live|test)_[0-9A-Za-z]{71}$/

/**
 * A key's text: `clk_live_`, 256 bits of secret, the tenant, a checksum. The tenant is in it so that the key is looked up
 * among that tenant's own; the checksum lets a scanner, and our door, tell a key from a mistyped one without asking.
 * @param secret 32 random bytes
 */
export function writeApiKey(mode: ApiMode, tenantId: string, secret: Uint8Array): string {
  const body = `clk_${mode}_${toBase62(secret, secretLength)}${toBase62(Buffer.from(tenantId.replaceAll('-', ''), 'hex'), tenantLength)}`
  return body + checksumOf(body)
}

/** Whose key it says it is; undefined for what is none of ours, or has lost a letter. */
export function readApiKey(key: string): { mode: ApiMode; tenantId: string } | undefined {
  const match = pattern.exec(key)
  const body = key.slice(0, -checksumLength)
  if (match === null || checksumOf(body) !== key.slice(-checksumLength)) return undefined
  const hex = fromBase62(body.slice(-tenantLength)).toString(16).padStart(32, '0')
  if (hex.length > 32) return undefined
  const tenantId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { mode: match[1] === 'live' ? 'live' : 'test', tenantId }
}

/** `clk_live_8Fq2Lm`: enough to recognise a key by, of no use to anybody else. */
export function prefixOf(key: string): string {
  return key.slice(0, 15)
}

function checksumOf(body: string): string {
  return numberToBase62(BigInt(crc32(body)), checksumLength)
}

function toBase62(bytes: Uint8Array, length: number): string {
  return numberToBase62(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), length)
}

function numberToBase62(number: bigint, length: number): string {
  let [text, rest] = ['', number]
  for (let at = 0; at < length; at += 1) {
    text = (digits[Number(rest % 62n)] ?? '') + text
    rest /= 62n
  }
  return text
}

function fromBase62(text: string): bigint {
  return [...text].reduce((number, digit) => number * 62n + BigInt(digits.indexOf(digit)), 0n)
}
