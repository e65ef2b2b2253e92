import { createHmac } from 'node:crypto'

/**
 * The header a receiver checks: `t=1732112400,v1=…`, HMAC-SHA256 in hex over the time, a dot and the body as it was
 * sent. During a rotation there is one `v1` for each secret; one that fits is enough.
 */
export function signatureOf(body: string, secrets: readonly string[], at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const signed = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`,
  )
  return [`t=${seconds}`, ...signed].join(',')
}
