import 'server-only'
import { type Actor, actorName, mayManage } from '@/lib/access/actor'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { audit } from '@/lib/tenancy/audit'
import { changes } from '@/lib/tenancy/changes'
import type { Locale } from '@/messages/words'
import { wordingOf } from './our-wording'
import { checkWording, type Typed, type WordedKind, type Wording } from './wording'

/** A wording as it was kept, and who wrote it when. Versions count from 1. */
export type KeptWording = Wording & { version: number; madeBy: string; createdAt: Date }

/** What the MSP says in this mail; undefined where it never said anything of its own. */
export async function readWording(tx: Tx, kind: WordedKind, locale: Locale): Promise<Wording | undefined> {
  return tx.row<Wording>(sql`
    select subject, opening, closing from mail_wordings
    where tenant_id = ${tx.tenantId} and kind = ${kind} and locale = ${locale} order by version desc limit 1`)
}

/** Every version of one mail in one language, the newest first; it holds. */
export async function listWordings(tx: Tx, kind: WordedKind, locale: Locale): Promise<KeptWording[]> {
  return tx.rows<KeptWording>(sql`
    select w.subject, w.opening, w.closing, w.version, w.created_at, s.name as made_by
    from mail_wordings w join staff s on s.tenant_id = w.tenant_id and s.id = w.made_by
    where w.tenant_id = ${tx.tenantId} and w.kind = ${kind} and w.locale = ${locale} order by w.version desc limit 50`)
}

export type WordedMail = { kind: WordedKind; locale: Locale; createdAt: Date; isOwn: boolean }

/** The mails that were ever worded, each with its newest version. */
export async function listWordedMails(tx: Tx): Promise<WordedMail[]> {
  return tx.rows<WordedMail>(sql`
    select distinct on (kind, locale) kind, locale, created_at, coalesce(subject, opening, closing) is not null as is_own
    from mail_wordings where tenant_id = ${tx.tenantId} order by kind, locale, version desc`)
}

export type WordingSaved =
  | { ok: true; version: number }
  | { ok: false; because: 'not-allowed' | 'changed-meanwhile' }
  | { ok: false; because: 'words'; problems: Partial<Record<keyof Wording, string>> }

type Wish = {
  kind: WordedKind
  locale: Locale
  typed: Typed
  /** The version that was on the page; 0 when there was none. */
  basedOn: number
}

/** Words that hold from the next mail on. What is queued keeps the words it was written with. */
export async function saveWording(tx: Tx, actor: Actor, { kind, locale, typed, basedOn }: Wish): Promise<WordingSaved> {
  if (actor.kind !== 'staff' || !mayManage(actor)) return { ok: false, because: 'not-allowed' }
  const checked = checkWording(kind, typed)
  if (!checked.ok) return { ok: false, because: 'words', problems: checked.problems }
  const [newest] = await listWordings(tx, kind, locale)
  if ((newest?.version ?? 0) !== basedOn) return { ok: false, because: 'changed-meanwhile' }
  const before = ownOf(newest)
  const after = wordingOf(kind, locale, checked.typed)
  const change = changes(before, after)
  if (Object.keys(change.after).length === 0) return { ok: true, version: basedOn }
  // Two who save at once want the same version: one gets it.
  const kept = await tx.run(sql`
    insert into mail_wordings (tenant_id, id, kind, locale, version, subject, opening, closing, made_by, created_at)
    values (${tx.tenantId}, ${newId()}, ${kind}, ${locale}, ${basedOn + 1}, ${after.subject}, ${after.opening}, ${after.closing},
      ${actor.staffId}, ${now()})
    on conflict (tenant_id, kind, locale, version) do nothing`)
  if (kept === 0) return { ok: false, because: 'changed-meanwhile' }
  const detail = { mail: kind, language: locale, ...change }
  await audit(tx, actorName(actor), 'mail_words.saved', { kind: 'tenant', id: tx.tenantId }, detail)
  return { ok: true, version: basedOn + 1 }
}

function ownOf(kept: Wording | undefined): Wording {
  return { subject: kept?.subject ?? null, opening: kept?.opening ?? null, closing: kept?.closing ?? null }
}
