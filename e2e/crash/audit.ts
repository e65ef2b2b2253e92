import { checkInvariants } from '@/lib/reports/invariants'
import type { OutsideBooks, OutsideDocument } from '@/lib/reports/outside-books'
import { latestTieOut } from '@/lib/settlement/queries'
import type { Told } from './payer.ts'
import type { Stage } from './stage.ts'
import { chargesAtStripe } from './story.ts'

/** What must have come to rest after twelve calm days, as questions that find what has not. */
const unrest: Record<string, string> = {
  'an attempt is still under way': `select id, state from attempts where state in ('created', 'sent', 'requires_action', 'processing', 'unknown')`,
  'a refund is still under way': `select id, state, failure_reason from refunds where state in ('created', 'sent', 'unknown', 'pending')`,
  'a write-back is not in step': `select id, state, error from write_backs where state <> 'in_step'`,
  'a posting does not stand in the books': `select id, kind, state, error from postings where state not in ('posted', 'reversed')`,
  'an event was not worked off': `select id, kind, state, failures, last_error from events where state <> 'done'`,
  'a mail was not sent': `select id, kind, state, error from messages where state <> 'sent'`,
  'a job was given up': `select t.identifier, j.key, j.attempts, j.last_error from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts and t.identifier = 'work'`,
  'somebody is called to what is in order': `select cause, subject_kind, detail from exceptions
    where closed_at is null and cause not in ('returned', 'disputed', 'refund-failed', 'payment-refused')`,
  'a payment has not exactly one receipt': `select a.id, count(m.*)::int as receipts from attempts a
    left join messages m on m.tenant_id = a.tenant_id and m.attempt_id = a.id and m.kind = 'payment_received'
    where a.succeeded_at is not null group by a.id having count(m.*) <> 1`,
  'a payout is not complete': `select payout_id, state, amount_minor::text from payouts where state = 'paid' and complete_at is null`,
}

/** Everything that is not as it must be, in words; nothing when all is well. */
export async function audit(stage: Stage, told: Told[]): Promise<string[]> {
  const found: string[] = []
  for (const [what, question] of Object.entries(unrest))
    for (const row of await stage.rows(question)) found.push(`${what}: ${JSON.stringify(row)}`)
  const violations = await checkInvariants(stage.staff.tenantId, await outsideBooks(stage))
  found.push(...violations.map((violation) => JSON.stringify(violation)))
  const tieOut = await latestTieOut(stage.staff)
  if (tieOut === undefined) found.push('there is no tie-out')
  else {
    for (const { minor, currency } of tieOut.gaps)
      if (minor !== 0n) found.push(`the tie-out has a gap of ${minor} ${currency}`)
    for (const { words, cause } of tieOut.differences) found.push(`tie-out, ${cause}: ${words}`)
  }
  return [...found, ...(await mailedOnce(stage)), ...(await liesTold(stage, told))]
}

async function outsideBooks(stage: Stage): Promise<OutsideBooks> {
  const charges = (await chargesAtStripe(stage)).filter(({ status }) => status === 'succeeded')
  type Balance = { purses: { available: number; pending: number }[]; payouts: { pending: number; inTransit: number } }
  const [balance] = await stage.control<Balance[]>('stripe', `balances?account=${stage.account}`)
  const held = (balance?.purses ?? []).reduce((sum, { available, pending }) => sum + available + pending, 0)
  const leaving = (balance?.payouts.pending ?? 0) + (balance?.payouts.inTransit ?? 0)
  type PsaInvoice = { id: number; kind: string; balanceCents: number; payments: { id: number; amountCents: number }[] }
  const { invoices } = await stage.control<{ invoices: PsaInvoice[] }>('connectwise', 'invoices')
  return {
    charges: charges.map(({ id, amount, metadata }) => ({
      chargeId: id,
      amountMinor: BigInt(amount),
      currency: 'USD',
      ...(metadata.attempt_id === undefined ? {} : { attemptId: metadata.attempt_id }),
    })),
    unpaid: [{ currency: 'USD', minor: BigInt(held + leaving) }],
    psaInvoices: invoices
      .filter(({ kind }) => kind !== 'CreditMemo')
      .map(({ id, balanceCents, payments }) => ({
        externalId: String(id),
        balanceMinor: BigInt(balanceCents),
        payments: payments.map((row) => ({ externalId: String(row.id), amountMinor: BigInt(row.amountCents) })),
      })),
    documents: (
      await Promise.all(['Payment', 'Deposit', 'JournalEntry'].map((kind) => ourDocuments(stage, kind)))
    ).flat(),
  }
}

type BookRecord = {
  Id: string
  TotalAmt?: number
  Line?: { Amount: number; JournalEntryLineDetail?: { PostingType: string } }[]
}

/** Records in the books that carry a reference of ours. */
async function ourDocuments(stage: Stage, kind: string): Promise<OutsideDocument[]> {
  const records = await stage.control<BookRecord[]>('quickbooksOnline', `records/${kind}`)
  return records
    .filter((record) => /\bCL-[0-9A-Z]{18}\b/.test(JSON.stringify(record)))
    .map((record) => {
      const debits = (record.Line ?? []).filter((line) => line.JournalEntryLineDetail?.PostingType === 'Debit')
      const amount =
        kind === 'JournalEntry' ? debits.reduce((sum, line) => sum + line.Amount, 0) : (record.TotalAmt ?? 0)
      return { externalKind: kind, externalId: record.Id, amountMinor: BigInt(Math.round(amount * 100)) }
    })
}

/** A mail may be handed in twice when its answer was lost, but always as the same mail, which mailboxes fold into one. */
async function mailedOnce(stage: Stage): Promise<string[]> {
  const there = new Set(
    stage.sandbox.mail.mailbox
      .list('')
      .flatMap(({ headers }) => headers.find(({ name }) => /^message-id$/i.test(name))?.value ?? []),
  )
  const sent = await stage.rows<{ id: string; kind: string }>(`select id, kind from messages where state = 'sent'`)
  const missing = sent.filter(({ id }) => ![...there].some((messageId) => messageId.includes(id)))
  return [
    ...missing.map(({ id, kind }) => `mail ${id} (${kind}) counts as sent and is not in the mailbox`),
    ...(there.size > sent.length ? [`${there.size} different mails came, ${sent.length} were sent`] : []),
  ]
}

/** What payers were told, held against Stripe's own log. */
async function liesTold(stage: Stage, told: Told[]): Promise<string[]> {
  const charges = await chargesAtStripe(stage)
  const charged = new Set(
    charges.flatMap(({ metadata, status }) => (status === 'failed' ? [] : (metadata.attempt_id ?? []))),
  )
  return told.flatMap(({ orderKey, answer }) => {
    if (!answer.ok && answer.because !== 'form' && charged.has(orderKey) && answer.because !== 'on-its-way')
      return [`order ${orderKey} was refused (${answer.because}) and charged`]
    const isPaid = answer.ok && answer.state === 'succeeded'
    return isPaid && !charged.has(orderKey) ? [`order ${orderKey} was called paid and never charged`] : []
  })
}
