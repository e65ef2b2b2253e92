import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { Fault } from '@/lib/base/fault'
import { sql } from '@/lib/base/sql'
import { disconnect, loadConnection, saveConnection } from '@/lib/connectors/connection'
import { audit } from '@/lib/tenancy/audit'
import { allowAccount, allowPayoutChange, type PayoutChange, useApproval } from './allow-payout-change'
import { readStripeSecret } from './open-gateway'
import {
  checkAccount,
  createAccount,
  onboardingLink,
  registerWebhook,
  unregisterWebhook,
} from './stripe/stripe-account'
import type { StripeSecret } from './stripe/stripe-secret'

export type StripeConnected = { ok: true; accountName: string; missing: string[] } | { ok: false; reason: string }

/**
 * Connects with a restricted key of the MSP's own account: for an install that serves one MSP.
 * The key is checked, a webhook endpoint is registered with it, and both are kept encrypted. Another account than the
 * last one may need a second person.
 */
export async function connectWithKey(
  actor: StaffActor,
  keys: { secretKey: string; publishableKey: string },
): Promise<StripeConnected> {
  if (!mayManage(actor)) return { ok: false, reason: 'Your role cannot change connections.' }
  const checked = await checkAccount(keys.secretKey)
  if (!checked.ok) return checked
  const allowed = await withTenant(actor.tenantId, (tx) => allowAccount(tx, actor, checked.account))
  if (!allowed.ok) return allowed
  const webhook = await registerWebhook(keys.secretKey, `${env().PUBLIC_URL}/api/webhooks/stripe/${actor.tenantId}`)
  if (!webhook.ok) return webhook
  return save(
    actor,
    { mode: 'key', account: checked.account, ...keys, webhookSecret: webhook.secret, webhookEndpointId: webhook.id },
    checked,
    allowed,
  )
}

/**
 * Makes a connected account for the MSP, if it has none yet, and answers where its onboarding goes on at Stripe. One that
 * takes the place of another may need a second person.
 */
export async function beginOnboarding(
  actor: StaffActor,
  msp: { name: string; email: string; country: string },
): Promise<{ ok: true; url: string } | Extract<PayoutChange, { ok: false }>> {
  if (!mayManage(actor)) throw new Fault('not-found', 'No such page')
  const known = await withTenant(actor.tenantId, (tx) => loadConnection(tx, 'payments'))
  const allowed = await withTenant(actor.tenantId, (tx) => allowAccount(tx, actor, known?.account))
  if (!allowed.ok) return allowed
  const account = known?.account ?? (await createAccount(msp, actor.tenantId))
  if (known === undefined)
    await save(
      actor,
      { mode: 'connect', account },
      { accountName: msp.name, missing: ['Onboarding at Stripe is not finished.'] },
      allowed,
    )
  return { ok: true, url: await onboardingLink(account, `${env().PUBLIC_URL}/console/connections/stripe`) }
}

/** The MSP came back from Stripe, or somebody pressed "Check": reads what the account may do by now. */
export async function finishOnboarding(actor: Actor): Promise<StripeConnected> {
  if (!mayManage(actor)) return { ok: false, reason: 'Your role cannot change connections.' }
  const secret = await withTenant(actor.tenantId, readStripeSecret)
  const checked =
    secret.mode === 'key' ? await checkAccount(secret.secretKey) : await checkAccount(undefined, secret.account)
  return checked.ok ? save(actor, secret, checked) : checked
}

/** Forgets the key. Payments made stay as they are; nothing new can be charged. It may need a second person. */
export async function disconnectStripe(actor: StaffActor): Promise<PayoutChange> {
  if (!mayManage(actor)) throw new Fault('not-found', 'No such page')
  const allowed = await withTenant(actor.tenantId, (tx) => allowPayoutChange(tx, actor))
  if (!allowed.ok) return allowed
  const secret = await withTenant(actor.tenantId, readStripeSecret)
  if (secret.mode === 'key') await unregisterWebhook(secret.secretKey, secret.webhookEndpointId)
  await withTenant(actor.tenantId, async (tx) => {
    const connection = await loadConnection(tx, 'payments')
    if (connection === undefined) return
    await disconnect(tx, connection.id)
    await audit(
      tx,
      actorName(actor),
      'connection.disconnected',
      { kind: 'connection', id: connection.id },
      { connector: 'stripe' },
    )
  })
  return { ok: true }
}

async function save(
  actor: Actor,
  secret: StripeSecret,
  checked: { accountName: string; missing: string[]; takesPads?: boolean },
  allowed: { approvalId?: string } = {},
): Promise<StripeConnected> {
  const { accountName, missing, takesPads = false } = checked
  await withTenant(actor.tenantId, async (tx) => {
    await useApproval(tx, allowed)
    const id = await saveConnection(tx, {
      kind: 'payments',
      connector: 'stripe',
      secret,
      account: secret.account,
      accountName,
      missing,
    })
    // Where nobody has said otherwise, what the account may do is offered.
    if (takesPads)
      await tx.run(sql`
        update tenants set settings = settings || '{"acceptPads": true}' where id = ${tx.tenantId} and not jsonb_exists(settings, 'acceptPads')`)
    await audit(
      tx,
      actorName(actor),
      'connection.saved',
      { kind: 'connection', id },
      { connector: 'stripe', account: secret.account },
    )
  })
  return { ok: true, accountName, missing }
}
