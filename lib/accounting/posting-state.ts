import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Posted } from '@/lib/connectors/contract'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { wake } from '@/lib/settlement/plan-postings'
import { nextTryAt } from '@/lib/settlement/posting'
import type { PostingFacts, PostingRow } from '@/lib/settlement/posting-facts'
import { readReopened } from '@/lib/settlement/reopenings'
import type { RefusalWords } from './refusal-words'

/** How long a posting may be unknown, or wait for another, before somebody is told. */
const UNKNOWN_MS = 60 * 60_000
const HELD_MS = 72 * 60 * 60_000

/** Each change of a posting's state, in the transaction that says what follows from it. */

/** From here on it may stand in the books. */
export async function markSent(tx: Tx, posting: PostingRow): Promise<void> {
  await tx.run(sql`
    update postings set state = 'checking', error = null
    where tenant_id = ${tx.tenantId} and id = ${posting.id} and state in ('waiting', 'retrying', 'checking')`)
}

/** It waits for something; whoever brings that about wakes it. What may have been sent stays `checking`. */
export async function holdPosting(tx: Tx, posting: PostingRow, why: string, nextStep?: string): Promise<void> {
  await tx.run(sql`
    update postings set error = ${why}, state = case when state = 'checking' then 'checking' else 'waiting' end
    where tenant_id = ${tx.tenantId} and id = ${posting.id} and state in ('waiting', 'retrying', 'checking')`)
  const isLong = now().getTime() - posting.createdAt.getTime() > HELD_MS
  if (nextStep === undefined && !isLong) return
  await raise(tx, {
    cause: 'books-refused',
    subject: { kind: 'posting', id: posting.id },
    amount: money(posting.amountMinor, posting.currency),
    detail: `It cannot be posted: ${why}.`,
    nextStep: nextStep ?? 'Look at what it waits for: that one probably needs you.',
  })
}

/** Nothing happened, or it is not known what did: it is taken up again later, and looked for first. */
export async function postponePosting(tx: Tx, { posting }: PostingFacts, fault: ConnectorFault): Promise<void> {
  const at = now()
  const row = await tx.row<{ state: string }>(sql`
    update postings set error = ${fault.message},
      state = case when ${fault.cure === 'unknown'} or ${posting.state === 'checking'} then 'checking' else 'retrying' end
    where tenant_id = ${tx.tenantId} and id = ${posting.id} and state in ('waiting', 'retrying', 'checking')
    returning state`)
  if (row === undefined) return
  const after = nextTryAt(posting.createdAt, at, fault.retryAfterMs)
  await announce(tx, { kind: 'posting.due', postingId: posting.id }, `${posting.id}:${after.toISOString()}`, { after })
  if (at.getTime() - posting.createdAt.getTime() < UNKNOWN_MS) return
  await raise(tx, {
    cause: 'outcome-unknown',
    subject: { kind: 'posting', id: posting.id },
    amount: money(posting.amountMinor, posting.currency),
    detail: `The books have not confirmed this posting for an hour: ${fault.message}`,
    nextStep: 'Nothing to do yet: we keep asking, and nothing is posted twice.',
  })
}

/** It cannot go through as it is; a person decides, and the others go on. */
export async function refusePosting(tx: Tx, { posting, clients }: PostingFacts, words: RefusalWords): Promise<void> {
  const done = await tx.run(sql`
    update postings set state = 'refused', error = ${words.detail}, tries = tries + 1
    where tenant_id = ${tx.tenantId} and id = ${posting.id} and state in ('waiting', 'retrying', 'checking')`)
  if (done === 0) return
  const [client, ...more] = clients
  await settle(tx, 'outcome-unknown', posting.id)
  await raise(tx, {
    cause: 'books-refused',
    subject: { kind: 'posting', id: posting.id },
    ...(client !== undefined && more.length === 0 ? { clientId: client.id } : {}),
    amount: money(posting.amountMinor, posting.currency),
    ...words,
  })
}

/**
 * It stands in the books. What waited for it is woken: refunds and returns of the same payment, what gives a refund back,
 * later payments of an invoice that it opens again, and the deposits that link it. A document that stands there with another amount than ours was changed by somebody, and is for a person.
 */
export async function closePosting(tx: Tx, facts: PostingFacts, posted: Posted, amountMinor: bigint): Promise<void> {
  const { posting } = facts
  if (posted.amount.minor !== amountMinor) {
    const [is, ours] = [posted.amount, money(amountMinor, posting.currency)].map((one) => formatMoney(one, 'en-US'))
    return refusePosting(tx, facts, {
      detail: `It stands in the books as ${posted.externalKind} ${posted.externalId} with ${is} instead of ${ours}.`,
      nextStep: 'Correct the amount there, or delete it there and post again.',
    })
  }
  const done = await tx.run(sql`
    update postings set state = 'posted', external_kind = ${posted.externalKind}, external_id = ${posted.externalId},
      external_tag = ${posted.externalTag}, booked_on = ${posted.on}, error = null, posted_at = ${now()}
    where tenant_id = ${tx.tenantId} and id = ${posting.id} and state in ('waiting', 'retrying', 'checking')`)
  if (done === 0) return
  await settle(tx, 'books-refused', posting.id)
  await settle(tx, 'outcome-unknown', posting.id)
  if (posting.kind !== 'deposit') await wakeDependents(tx, posting)
}

/** The document stands, but the payment in the books still pays the invoice that is owed again. */
export async function tellClinging(
  tx: Tx,
  { posting, invoices }: PostingFacts,
  posted: Posted,
  fault: ConnectorFault,
): Promise<void> {
  const numbers = invoices.map(({ number }) => number).join(', ')
  await raise(tx, {
    cause: 'books-refused',
    subject: { kind: 'posting', id: posting.id },
    amount: money(posting.amountMinor, posting.currency),
    detail: `${posted.externalKind} ${posted.externalId} is posted, but the payment there still pays invoice ${numbers}: ${fault.message}`,
    nextStep: `Open that payment in the books, take invoice ${numbers} off it and tick ${posted.externalKind} ${posted.externalId} instead.`,
  })
}

async function wakeDependents(tx: Tx, posting: PostingRow): Promise<void> {
  const attemptId = posting.causeKind === 'payment.succeeded' ? posting.causeId : null
  const waiting = await tx.rows<{ id: string }>(sql`
    select p.id from postings p
    where p.tenant_id = ${tx.tenantId} and p.connection_id = ${posting.connectionId} and p.state in ('waiting', 'checking') and p.id <> ${posting.id}
      and (p.kind = 'deposit'
        or (p.kind = 'reversal' and p.cause_id = ${posting.causeId})
        or p.cause_id in (select r.id::text from refunds r where r.tenant_id = ${tx.tenantId} and r.attempt_id = ${attemptId})
        or p.cause_id in (select d.id::text from disputes d where d.tenant_id = ${tx.tenantId} and d.attempt_id = ${attemptId}))`)
  await wake(tx, [...waiting, ...(await readReopened(tx, posting))], (id) => `${id}:after:${posting.id}`)
}
