import 'server-only'
import { now } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { json, sql } from '@/lib/base/sql'
import { settle } from '@/lib/events/exception'
import { askTxt } from '@/lib/tenancy/ask-dns'
import { ourHost } from '@/lib/tenancy/keep-host'
import { isSelector, keyName, selectorsFor } from './dkim'
import { policyNames } from './dmarc'
import type { TxtAnswers } from './records'
import { judgeSender, type Sender, type SenderJudged, senderOf } from './sender'
import { reachOf } from './spf'

/** What was found at the last check. The answers are kept, not the judgement: a rule that improves judges them anew. */
export type SenderCheck = { domain: string; selector: string; answers: TxtAnswers; checkedAt: Date }

/** Every include that a receiver would follow, and some more to see that it would not. */
const namesMax = 24

export function readSender(): Sender {
  const { MAIL_FROM, SMTP_URL } = env()
  return senderOf(MAIL_FROM, SMTP_URL, ourHost())
}

/** The last check of the domain that mail comes from today; undefined when there was none. */
export async function readSenderCheck(tx: Tx): Promise<SenderCheck | undefined> {
  return tx.row<SenderCheck>(sql`
    select domain, selector, answers, checked_at from sender_checks
    where tenant_id = ${tx.tenantId} and domain = ${readSender().domain}`)
}

/**
 * Asks what the sender's domain publishes, and keeps the answers.
 * @param selector where the mail server's key stands, as typed; empty: it is looked for where keys usually stand
 */
export async function checkSender(
  tenantId: string,
  selector: string,
): Promise<{ ok: true } | { ok: false; because: 'selector' | 'not-public' }> {
  const sender = readSender()
  const typed = selector.trim().toLowerCase()
  if (!sender.isPublic) return { ok: false, because: 'not-public' }
  if (typed !== '' && !isSelector(typed)) return { ok: false, because: 'selector' }
  const check = await askSender(sender, typed)
  await withTenant(tenantId, (tx) => keepSenderCheck(tx, sender, check))
  return { ok: true }
}

/** Asks, and keeps nothing. @param selector one, or empty */
export async function askSender(sender: Sender, selector: string): Promise<SenderCheck> {
  return { domain: sender.domain, selector, answers: await askAll(sender, selector), checkedAt: now() }
}

/** The last check is the one that counts. What it finds in order nobody has to look at any more. */
export async function keepSenderCheck(tx: Tx, sender: Sender, check: SenderCheck): Promise<void> {
  const { domain, selector, answers, checkedAt } = check
  await tx.run(sql`
    insert into sender_checks (tenant_id, domain, selector, answers, checked_at)
    values (${tx.tenantId}, ${domain}, ${selector}, ${json(answers)}, ${checkedAt})
    on conflict (tenant_id) do update set domain = excluded.domain, selector = excluded.selector,
      answers = excluded.answers, checked_at = excluded.checked_at`)
  const judged = judgeSender(sender, selector, answers)
  for (const record of senderRecords) if (judged[record].state === 'good') await settle(tx, 'sender-lost', record)
}

export const senderRecords = ['spf', 'dkim', 'dmarc'] as const satisfies (keyof SenderJudged)[]

async function askAll({ domain, relay }: Sender, selector: string): Promise<TxtAnswers> {
  const answers: Record<string, readonly string[] | null> = {}
  const ask = (names: Iterable<string>) =>
    Promise.all(
      [...names].map(async (name) => {
        answers[name] = (await askTxt(name))?.map(storable) ?? null
      }),
    )
  await ask([domain])
  // A server that is silent once is not asked twenty times more while a person waits.
  if (answers[domain] === null) return answers
  await ask([...policyNames(domain), ...selectorsFor(selector, relay).map((one) => keyName(one, domain))])
  for (;;) {
    const left = namesMax - Object.keys(answers).length
    const wanted = [...reachOf(domain, answers).unasked]
    if (wanted.length === 0) return answers
    const names = wanted.filter(isAskable).slice(0, Math.max(0, left))
    // What is not asked any more, or is no name, counts as a name that says nothing.
    for (const name of wanted) if (!names.includes(name)) answers[name] = []
    await ask(names)
  }
}

/** A record as the database takes it: any byte may stand in one, and as many as a packet holds. */
function storable(record: string): string {
  return record.replaceAll('\0', '\ufffd').slice(0, 4_096)
}

/** What a record includes is typed by people: it may be anything. */
function isAskable(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9_]([a-z0-9_-]*\.)+[a-z0-9-]+$/i.test(name)
}
