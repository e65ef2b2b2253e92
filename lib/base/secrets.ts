import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { env } from './env'
import { Fault } from './fault'

/** Keys by id, the current one first. */
type Keyring = { id: string; key: Buffer }[]

/** Reads `id:base64,id:base64`. @throws Fault broken when a key is not 32 bytes */
export function parseKeyring(text: string): Keyring {
  return text.split(',').map((part) => {
    const [id = '', encoded = ''] = part.trim().split(':')
    const key = Buffer.from(encoded, 'base64')
    if (id === '' || key.length !== 32)
      throw new Fault('broken', 'SECRET_KEYS holds a key that is not id:base64 of 32 bytes')
    return { id, key }
  })
}

/**
 * Encrypts with AES-256-GCM under the current key. `place` (for example `tenant:connection`) is authenticated with it,
 * so that an envelope copied to another tenant's row does not open. Shape: `v1.keyId.iv.tag.ciphertext`, base64url.
 */
export function seal(plain: string, place: string, keyring: Keyring = parseKeyring(env().SECRET_KEYS)): string {
  const [current] = keyring
  if (current === undefined) throw new Fault('broken', 'SECRET_KEYS is empty')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', current.key, iv)
  cipher.setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return ['v1', current.id, ...[iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'))].join(
    '.',
  )
}

/** @throws Fault broken when the key is unknown, the place is another, or a bit was changed */
export function unseal(envelope: string, place: string, keyring: Keyring = parseKeyring(env().SECRET_KEYS)): string {
  const [version, keyId, iv, tag, ciphertext] = envelope.split('.')
  const found = keyring.find(({ id }) => id === keyId)
  if (version !== 'v1' || found === undefined || !iv || !tag || ciphertext === undefined)
    throw new Fault('broken', `No key opens this secret (key ${keyId ?? 'unknown'})`)
  try {
    const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64url'))
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(Buffer.from(tag, 'base64url'))
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Fault('broken', 'The secret was changed or belongs elsewhere', { cause })
  }
}

/** The id of the key an envelope was sealed with: rotation re-seals those that are not the current one. */
export function keyIdOf(envelope: string): string | undefined {
  return envelope.split('.')[1]
}
