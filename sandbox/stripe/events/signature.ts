import { createHmac } from 'node:crypto'

/** The `Stripe-Signature` header: one `v1` for each secret that is still valid. `seconds` is the time it claims. */
export function signatureHeader(body: string, secrets: readonly string[], seconds: number): string {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'))
  return [`t=${seconds}`, ...signatures.map((signature) => `v1=${signature}`)].join(',')
}
