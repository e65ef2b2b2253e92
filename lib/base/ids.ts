import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A new UUIDv7 (RFC 9562): ordered by the time it was made, so that keys made together lie together. */
export function newId(): string {
  const bytes = takeRandom()
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

let store = Buffer.alloc(0)

/** Sixteen random bytes. They are drawn by the thousand: asking the system for each id would cost more than the id. */
function takeRandom(): Buffer {
  if (store.length === 0) store = randomBytes(16 * 1024)
  const taken = store.subarray(0, 16)
  store = store.subarray(16)
  return taken
}

export function isId(text: string): boolean {
  return UUID.test(text)
}

/** 256 bits for a link or a session, as 43 letters that survive in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: enough to recognise it, useless to whoever reads the table. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A short, stable hash of any JSON value whose keys come in a fixed order. */
export function hashOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'base64url')
}

/** Compares without telling how much was right. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
