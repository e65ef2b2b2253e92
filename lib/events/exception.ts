import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { Money } from '@/lib/money/money'
import type { ExceptionCause } from './exception-cause'

export type Raised = {
  cause: ExceptionCause
  subject: {
    kind:
      | 'attempt'
      | 'invoice'
      | 'connection'
      | 'posting'
      | 'write_back'
      | 'payout'
      | 'event'
      | 'message'
      | 'row'
      | 'host'
      | 'sender'
      | 'refund'
      | 'webhook_endpoint'
      | 'contact'
      | 'client'
    id: string
  }
  clientId?: string
  amount?: Money
  /** One sentence: what happened. */
  detail: string
  /** One sentence: what a person can do. */
  nextStep: string
}

/** Puts something before a person. The same cause and subject is open at most once; raising it again renews its words. */
export async function raise(tx: Tx, raised: Raised): Promise<void> {
  await tx.run(sql`
    insert into exceptions (tenant_id, cause, subject_kind, subject_id, client_id, amount_minor, currency, detail, next_step, opened_at)
    values (${tx.tenantId}, ${raised.cause}, ${raised.subject.kind}, ${raised.subject.id}, ${raised.clientId ?? null},
      ${raised.amount?.minor ?? null}, ${raised.amount?.currency ?? null}, ${raised.detail}, ${raised.nextStep}, ${now()})
    on conflict (tenant_id, cause, subject_id) where closed_at is null
    do update set detail = excluded.detail, next_step = excluded.next_step`)
}

/** Closes what no longer needs a person. `by` is `system` or a staff id. */
export async function settle(tx: Tx, cause: ExceptionCause, subjectId: string, by = 'system'): Promise<void> {
  await tx.run(sql`
    update exceptions set closed_at = ${now()}, closed_by = ${by}
    where tenant_id = ${tx.tenantId} and cause = ${cause} and subject_id = ${subjectId} and closed_at is null`)
}
