import type { PlainDate } from '@/lib/base/clock'
import { type Sql, sql } from '@/lib/base/sql'

/** What a client chose to pay the invoices of one agreement with, as pages see it. */
export type AgreementMethod = {
  agreementId: string
  name: string
  /** It is over, and what was chosen for it with it: the invoices that are still open are paid like any other. */
  isEnded: boolean
  chosen?: {
    methodId: string
    /** `Visa credit, 4242` */
    label: string
    nickname?: string
    /** It was removed, has expired, or its bank takes no more debits: what is offered first pays instead. */
    isGone: boolean
    /** The automatic payment under which it may be charged by itself too, while its authorization is in force. */
    autopayId?: string
  }
}

/** Whether the agreement `g` is in force. */
export function agreementLives(today: PlainDate): Sql {
  return sql`(g.gone_at is null and (g.ends_on is null or g.ends_on >= ${today}))`
}

/** Whether the choice `x` for the agreement `g` counts: it is in force, and still this client's. */
export function choiceCounts(today: PlainDate): Sql {
  return sql`(g.client_id = x.client_id and ${agreementLives(today)})`
}

/** Whether the choice `x` may be charged by itself under this automatic payment: words were agreed to for that very method. */
export function isAuthorized(autopayId: Sql): Sql {
  return sql`(x.autopay_id is not distinct from ${autopayId} and exists (
    select 1 from mandates d where d.tenant_id = x.tenant_id and d.id = x.mandate_id and d.method_id = x.method_id and d.revoked_at is null))`
}
