import 'server-only'
import { type Actor, maySave } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { isId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { type Agreed, holderOf, saveAgreed } from './agreed'
import { ensurePayer } from './ensure-payer'
import { GatewayFault, type SetupNews } from './gateway'
import { openGateway } from './open-gateway'
import { openSetup } from './record-consent'
import type { Where } from './result'
import { type SetupResult, setupRefusal } from './setup-result'
import { takeSetupNews } from './take-setup-news'
import type { WishedSchedule } from './wished-schedule'

export type SaveWish = {
  setupId: string
  /** What was typed; or else `debit`, agreed to in the browser. */
  confirmationTokenId?: string
  debit?: 'acss_debit'
  agreed: Agreed
  /** What is set for a date once it is saved. */
  schedule?: WishedSchedule
}

/**
 * Saves what was typed, without charging it: write the wish and the consent, ask Stripe, record the answer. The same
 * press twice saves once: the setup's id is the key.
 * @throws Fault when something of ours is broken; what the person can answer comes back as a value
 */
export async function saveMethod(actor: Actor, wish: SaveWish, where: Where): Promise<SetupResult> {
  const { tenantId } = actor
  const { setupId, confirmationTokenId, debit, agreed, schedule } = wish
  if (!('clientId' in actor) || !maySave(actor)) return setupRefusal('not-allowed', where.locale)
  if (!isId(setupId) || !hasOneSource(wish)) return setupRefusal('form', where.locale)
  const gateway = await withTenant(tenantId, openGateway)
  try {
    const customerId = await ensurePayer(tenantId, gateway, actor.clientId)
    const opened = await withTenant(tenantId, async (tx) => {
      const known = await tx.row<{ clientId: string }>(
        sql`select client_id from setups where tenant_id = ${tx.tenantId} and id = ${setupId}`,
      )
      if (known !== undefined) return known.clientId === actor.clientId ? 'known' : 'form'
      const tenant = await getTenant(tx)
      const facts = { tenant, locale: localeOf(where.locale), today: todayIn(tenant.timeZone) }
      const consent = saveAgreed(agreed, facts)
      if (consent === 'changed') return 'changed'
      const accountKind = holderOf(agreed.save)
      await openSetup(
        tx,
        actor,
        {
          ...{ setupId, clientId: actor.clientId, account: gateway.account, customerId },
          ...(schedule === undefined ? {} : { schedule }),
        },
        {
          ...consent,
          ...{ language: facts.locale, ip: where.ip, userAgent: where.userAgent },
          ...(accountKind === undefined ? {} : { accountKind }),
        },
      )
      return 'opened'
    })
    if (opened === 'changed' || opened === 'form') return setupRefusal(opened, where.locale)
    if (opened === 'opened') {
      await faultPoint('setup.opened')
      const source = confirmationTokenId === undefined ? {} : { confirmationTokenId }
      const news = await gateway.setUp({ setupId, tenantId, customerId, ...source, ...(debit && { debit }) })
      await withTenant(tenantId, (tx) => takeSetupNews(tx, gateway.account, news))
      return withSecret(await setupResult(tenantId, setupId, where.locale), news)
    }
    // The agreement was left half-way: it is taken up again. The bank has been asked nothing, so nothing is decided twice.
    const left = debit === undefined ? undefined : await intentOfAsked(tenantId, setupId)
    if (left === undefined) return await setupResult(tenantId, setupId, where.locale)
    const news = await gateway.retrieveSetup(left)
    await withTenant(tenantId, (tx) => takeSetupNews(tx, gateway.account, news))
    return withSecret(await setupResult(tenantId, setupId, where.locale), news)
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    return giveUp(tenantId, setupId, error, where.locale)
  }
}

/** Typed, or agreed to in the browser, under the words for it. */
function hasOneSource({ confirmationTokenId, debit, agreed, schedule }: SaveWish): boolean {
  if ((agreed.save?.type === 'acss_debit') !== (debit !== undefined)) return false
  if (confirmationTokenId === undefined) return debit !== undefined && schedule === undefined
  return debit === undefined && /^ctoken_\w+$/.test(confirmationTokenId)
}

async function intentOfAsked(tenantId: string, setupId: string): Promise<string | undefined> {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<{ intentId: string }>(sql`
      select setup_intent_id as intent_id from setups
      where tenant_id = ${tx.tenantId} and id = ${setupId} and state = 'asked' and setup_intent_id is not null`),
  )
  return row?.intentId
}

/** What came of it for the person who asked. */
export async function setupResult(tenantId: string, setupId: string, locale: string): Promise<SetupResult> {
  const setup = await withTenant(tenantId, (tx) =>
    tx.row<{ state: string; failureReason: string | null; kind: string }>(
      sql`select state, failure_reason, kind from setups where tenant_id = ${tx.tenantId} and id = ${setupId}`,
    ),
  )
  if (setup === undefined) return setupRefusal('form', locale)
  if (setup.state === 'failed') return setupRefusal(setup.kind === 'card_saved' ? 'card' : 'bank', locale)
  return {
    ok: true,
    setupId,
    state: setup.state === 'saved' ? 'saved' : setup.state === 'requires_action' ? 'requires_action' : 'unknown',
  }
}

/** The browser needs the secret to show the bank's own check, or the agreement; it is passed on, never stored. */
export function withSecret(result: SetupResult, news: Pick<SetupNews, 'waitsFor' | 'clientSecret'>): SetupResult {
  if (!result.ok) return result
  if (result.state === 'unknown' && news.waitsFor === 'agreement' && news.clientSecret !== undefined)
    return { ...result, state: 'agreement', clientSecret: news.clientSecret }
  if (result.state !== 'requires_action') return result
  if (news.waitsFor === 'deposits') return { ...result, state: 'deposits' }
  return news.clientSecret === undefined ? result : { ...result, clientSecret: news.clientSecret }
}

/** Certain that nothing was saved, it failed; else it stays asked for, and the sweeper asks how it stands. */
async function giveUp(tenantId: string, setupId: string, fault: GatewayFault, locale: string): Promise<SetupResult> {
  log.warn({ tenantId, setupId, outcome: fault.outcome, code: fault.code }, 'setup.unanswered')
  if (fault.outcome === 'unknown') return setupResult(tenantId, setupId, locale)
  await withTenant(tenantId, (tx) =>
    tx.run(sql`
      update setups set state = 'failed', state_at = ${now()}, failure_reason = ${fault.code ?? fault.outcome}
      where tenant_id = ${tx.tenantId} and id = ${setupId} and state = 'asked'`),
  )
  return setupRefusal(fault.outcome === 'refused' ? 'declined' : 'unreachable', locale)
}
