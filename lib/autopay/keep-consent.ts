import 'server-only'
import { type Actor, actorName } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { Consent } from '@/lib/payments/consent'
import type { AutopayOffer } from './autopay'

/** Keeps the words of a standing consent whole, with who gave it and from where. @returns its id */
export async function keepConsent(
  tx: Tx,
  actor: Actor,
  { clientId, methodId, accountKind }: AutopayOffer,
  consent: Consent,
  { ip, userAgent, locale }: { ip: string; userAgent: string; locale: string },
): Promise<string> {
  const id = newId()
  const by = actorName(actor)
  await tx.run(sql`
    insert into mandates (tenant_id, id, client_id, method_id, kind, account_kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, given_by_id)
    values (${tx.tenantId}, ${id}, ${clientId}, ${methodId}, ${consent.kind}, ${accountKind ?? null}, ${consent.text}, ${consent.version}, ${locale}, ${now()},
      ${ip}, ${userAgent.slice(0, 400)}, ${by.kind}, ${by.id ?? null})`)
  return id
}
