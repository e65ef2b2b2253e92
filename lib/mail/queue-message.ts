import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { type Draft, isAddress } from './message'

/**
 * Stores a mail and announces that it is due, in the transaction of the news it tells. The key is unique: told twice,
 * sent once.
 * @throws Fault invalid when the recipient is not one plain address
 */
export async function queueMessage(tx: Tx, draft: Draft): Promise<void> {
  if (!isAddress(draft.to)) throw new Fault('invalid', 'Not a mail address')
  const id = newId()
  const kept = await tx.run(sql`
    insert into messages (tenant_id, id, key, kind, to_email, locale, client_id, invoice_id, attempt_id,
      subject, text, html, state, created_at)
    values (${tx.tenantId}, ${id}, ${draft.key}, ${draft.kind}, ${draft.to}, ${draft.locale}, ${draft.clientId ?? null},
      ${draft.invoiceId ?? null}, ${draft.attemptId ?? null}, ${draft.subject}, ${draft.text}, ${draft.html}, 'waiting', ${now()})
    on conflict (tenant_id, key) do nothing`)
  await faultPoint('mail.queued')
  if (kept > 0) await announce(tx, { kind: 'mail.due', messageId: id }, id)
}
