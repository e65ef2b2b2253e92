import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { AccountKind, Consent } from './consent'
import { keptSchedule, type WishedSchedule } from './wished-schedule'

/** A consent as it was given: the words, and who gave it where. */
export type GivenConsent = Consent & { language: string; accountKind?: AccountKind; ip: string; userAgent: string }

/** Writes down the consent to one debit, with the attempt that rests on it. */
export async function recordConsent(
  tx: Tx,
  actor: Actor,
  of: { attemptId: string; clientId: string },
  consent: GivenConsent,
): Promise<void> {
  const by = actorName(actor)
  await tx.run(sql`
    insert into mandates (tenant_id, client_id, attempt_id, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id)
    values (${tx.tenantId}, ${of.clientId}, ${of.attemptId}, ${consent.kind}, ${consent.accountKind ?? null}, ${consent.text}, ${consent.version},
      ${consent.language}, ${now()}, ${consent.ip}, ${consent.userAgent.slice(0, 400)}, ${by.kind}, ${by.id ?? null})`)
}

/**
 * Writes down the wish to save what is typed, with the consent to it. It is no method before Stripe has said so:
 * take-saved-method.ts makes it one, with this very consent.
 */
export async function openSetup(
  tx: Tx,
  actor: Actor,
  of: {
    setupId: string
    attemptId?: string
    clientId: string
    account: string
    customerId: string
    schedule?: WishedSchedule
  },
  consent: GivenConsent,
): Promise<void> {
  const by = actorName(actor)
  const at = now()
  await tx.run(sql`
    insert into setups (tenant_id, id, client_id, account, customer_id, attempt_id, state, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id, state_at, schedule, schedule_email)
    values (${tx.tenantId}, ${of.setupId}, ${of.clientId}, ${of.account}, ${of.customerId}, ${of.attemptId ?? null}, 'asked', ${consent.kind}, ${consent.accountKind ?? null},
      ${consent.text}, ${consent.version}, ${consent.language}, ${at}, ${consent.ip}, ${consent.userAgent.slice(0, 400)}, ${by.kind}, ${by.id ?? null}, ${at},
      ${of.schedule === undefined ? null : keptSchedule(of.schedule)}, ${of.schedule?.receiptEmail ?? null})`)
}
