import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { audit } from '@/lib/tenancy/audit'
import type { MethodNews } from './gateway'
import type { MethodType } from './method'
import { setWished } from './wished-schedule'

type LockedSetup = {
  id: string
  clientId: string
  account: string
  customerId: string
  kind: string
  accountKind: string | null
  givenBy: string
  givenById: string | null
}

/**
 * Stripe says that what somebody wished to save is saved: it becomes a method, and the consent its mandate. Told twice,
 * or by the browser and a webhook at once, it is one method and one mandate, and one payment set if one was wished for.
 * @returns the method, or undefined when nobody wished it or Stripe keeps it for nobody
 */
export async function takeSavedMethod(
  tx: Tx,
  of: { attemptId: string } | { setupId: string },
  method: MethodNews,
  mandateId: string | undefined,
): Promise<string | undefined> {
  const setup = await tx.row<LockedSetup & { methodId: string | null }>(sql`
    select id, client_id, account, customer_id, kind, account_kind, given_by, given_by_id, method_id from setups
    where tenant_id = ${tx.tenantId} and ${'attemptId' in of ? sql`attempt_id = ${of.attemptId}` : sql`id = ${of.setupId}`} for update`)
  if (setup === undefined) return undefined
  if (setup.methodId !== null) return setup.methodId
  if (method.customerId !== setup.customerId || method.type !== typeOf(setup.kind)) return undefined
  // One by one per client: the same card saved in two tabs is found by the second.
  await tx.row(sql`select 1 from clients where tenant_id = ${tx.tenantId} and id = ${setup.clientId} for no key update`)
  const methodId = await keep(tx, setup, method)
  await tx.run(sql`
    insert into mandates (tenant_id, client_id, method_id, attempt_id, mandate_id, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id)
    select tenant_id, client_id, ${methodId}, attempt_id, ${mandateId ?? null}, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id
    from setups where tenant_id = ${tx.tenantId} and id = ${setup.id}`)
  await tx.run(sql`
    update setups set state = 'saved', state_at = ${now()}, method_id = ${methodId}, label = ${method.label}, failure_reason = null
    where tenant_id = ${tx.tenantId} and id = ${setup.id}`)
  const by = { kind: setup.givenBy, ...(setup.givenById === null ? {} : { id: setup.givenById }) }
  await audit(tx, by, 'method.saved', { kind: 'method', id: methodId }, { label: method.label, setupId: setup.id })
  // With a payment its own mail confirms both agreements.
  if (setup.kind === 'pad_saved' && 'setupId' in of)
    await announce(tx, { kind: 'pad.saved', setupId: setup.id }, setup.id)
  await setWished(tx, setup.id, methodId)
  await faultPoint('method.saved')
  log.info({ tenantId: tx.tenantId, methodId, setupId: setup.id }, 'method.saved')
  return methodId
}

/** Words about a card are no consent to debit a bank account, and the other way round; nor are those of another country. */
function typeOf(kind: string): MethodType {
  return kind === 'card_saved' ? 'card' : kind === 'pad_saved' ? 'acss_debit' : 'us_bank_account'
}

/** A new row, or the client's own row of the same number, which goes on under Stripe's newer id. */
async function keep(tx: Tx, setup: LockedSetup, method: MethodNews): Promise<string> {
  const known = await tx.row<{ id: string; paymentMethodId: string }>(sql`
    select id, payment_method_id from methods
    where tenant_id = ${tx.tenantId} and client_id = ${setup.clientId} and account = ${setup.account} and type = ${method.type} and removed_at is null
      and (payment_method_id = ${method.paymentMethodId} or fingerprint = ${method.fingerprint ?? ''})
    for update`)
  if (known === undefined) {
    const id = newId()
    await tx.run(sql`
      insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, funding, fingerprint, account_kind, expires_on, is_default, blocked_reason, created_at)
      values (${tx.tenantId}, ${id}, ${setup.clientId}, ${setup.account}, ${setup.customerId}, ${method.paymentMethodId}, ${method.type}, ${method.label}, ${method.last4},
        ${method.funding ?? null}, ${method.fingerprint ?? null}, ${setup.accountKind}, ${method.expiresOn ?? null},
        not exists (select 1 from methods where tenant_id = ${tx.tenantId} and client_id = ${setup.clientId} and is_default), ${method.blockedReason ?? null}, ${now()})`)
    return id
  }
  await tx.run(sql`
    update methods set payment_method_id = ${method.paymentMethodId}, customer_id = ${setup.customerId}, label = ${method.label}, funding = ${method.funding ?? null},
      expires_on = ${method.expiresOn ?? null}, account_kind = ${setup.accountKind}, blocked_reason = ${method.blockedReason ?? null}
    where tenant_id = ${tx.tenantId} and id = ${known.id}`)
  if (known.paymentMethodId !== method.paymentMethodId)
    await announce(
      tx,
      { kind: 'method.to_detach', account: setup.account, paymentMethodId: known.paymentMethodId },
      known.paymentMethodId,
    )
  return known.id
}

/** What was to be saved came to nothing. */
export async function failSetup(
  tx: Tx,
  of: { attemptId: string } | { setupId: string },
  reason: string,
): Promise<void> {
  await tx.run(sql`
    update setups set state = 'failed', state_at = ${now()}, failure_reason = ${reason}
    where tenant_id = ${tx.tenantId} and ${'attemptId' in of ? sql`attempt_id = ${of.attemptId}` : sql`id = ${of.setupId}`}
      and state in ('asked', 'requires_action')`)
}
