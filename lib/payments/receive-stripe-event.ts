import 'server-only'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { isId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { receive } from '@/lib/events/announce'
import { findTenantOfAccount, keepStrayEvent } from '@/lib/tenancy/across-tenants'
import { readStripeSecret } from './open-gateway'
import { verifyWebhook } from './stripe/verify-webhook'

/**
 * Takes an event in: the signature over the raw body is checked, the event stored under its id and queued. Nothing in
 * it is believed but the name of the object it is about.
 * @param ofTenant set for endpoints that belong to one MSP's own key; else the event names its account
 * @returns `forged` when no secret fits; `stray` when no tenant has this account: kept, not worked
 */
export async function receiveStripeEvent(
  body: string,
  signature: string,
  ofTenant?: string,
): Promise<'kept' | 'known' | 'stray' | 'forged'> {
  const own = ofTenant === undefined ? undefined : await ownSecret(ofTenant)
  if (ofTenant !== undefined && own === undefined) return 'forged'
  const verified = verifyWebhook(body, signature, own === undefined ? env().STRIPE_WEBHOOK_SECRETS : [own])
  if (verified === undefined) return 'forged'
  const { news } = verified
  const tenantId = ofTenant ?? (await findTenantOfAccount('stripe', news.account))
  if (tenantId === undefined) {
    log.warn({ eventId: news.eventId, account: news.account }, 'webhook.stray')
    await keepStrayEvent('stripe', news.eventId, news)
    return 'stray'
  }
  const isNew = await withTenant(tenantId, (tx) => receive(tx, 'stripe', news.eventId, news))
  await faultPoint('webhook.kept')
  return isNew ? 'kept' : 'known'
}

/** The signing secret of an MSP that uses its own key. */
async function ownSecret(tenantId: string): Promise<string | undefined> {
  if (!isId(tenantId)) return undefined
  const secret = await withTenant(tenantId, readStripeSecret).catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'conflict') return undefined
    throw error
  })
  return secret?.mode === 'key' ? secret.webhookSecret : undefined
}
