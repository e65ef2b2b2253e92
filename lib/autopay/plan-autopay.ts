import 'server-only'
import { addDays, now, type PlainDate, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { newId } from '@/lib/base/ids'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { money } from '@/lib/money/money'
import { noticeDaysMax } from '@/lib/payments/consent'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { type AutopayObstacle, decideAutopays } from './decide-autopay'
import { type Decided, decideCovered } from './decide-covered'
import { type Covered, readCovered } from './read-covered'
import { withdrawUnfunded } from './withdraw-unfunded'

/**
 * Sets the payments that follow from standing consents, each once, early enough that its notice is as long as was
 * promised: from there on it is a payment set for a date like any other. What cannot be charged by itself is put before
 * a person. Safe to run at any time and twice at once.
 */
export async function planAutopay(tenantId: string): Promise<void> {
  await withdrawUnfunded(tenantId)
  const { covered, today } = await withTenant(tenantId, async (tx) => {
    const day = todayIn((await getTenant(tx)).timeZone)
    return { covered: await readCovered(tx, { dueUntil: addDays(day, noticeDaysMax) }, day), today: day }
  })
  const clients = [...Map.groupBy(covered, ({ clientId }) => clientId).values()]
  const decided: Decided[] = []
  for (const ofOne of clients) decided.push(...(await decideClient(tenantId, ofOne, today)))
  const asked: { of: Covered; because: AutopayObstacle }[] = []
  for (const { of: one, decision } of decided) {
    if (decision.do === 'ask' && decision.noticeOn <= today) asked.push({ of: one, because: decision.because })
    if (decision.do !== 'set') continue
    try {
      await withTenant(tenantId, (tx) => setOne(tx, one, today))
    } catch (error) {
      // One that cannot be set keeps no other waiting; it is looked at again at the next tick.
      log.error({ tenantId, invoiceId: one.invoiceId, error }, 'autopay.failed_to_set')
    }
  }
  await withTenant(tenantId, (tx) => askPeople(tx, asked))
}

/** Its credit is looked at only where something is about to be set: nothing else depends on it. */
async function decideClient(tenantId: string, covered: Covered[], today: PlainDate): Promise<Decided[]> {
  const [first] = covered
  const withoutCredit = decideAutopays(covered, { leftMinor: 0n, asideMinor: 0n }, today)
  if (first === undefined || !withoutCredit.some(({ decision }) => decision.do === 'set')) return withoutCredit
  const { clientId, agreed } = first
  const of = { clientId, currency: agreed.currency, dueUntil: addDays(today, noticeDaysMax) }
  return withTenant(tenantId, (tx) => decideCovered(tx, of, today))
}

/** Decides again with everything locked: the consent first, so that ending it and this never wait for each other. */
async function setOne(tx: Tx, { autopayId, clientId, invoiceId }: Covered, today: PlainDate): Promise<void> {
  const live = await tx.row<{ currency: string }>(sql`
    select currency from autopays where tenant_id = ${tx.tenantId} and id = ${autopayId} and ended_at is null for share`)
  if (live === undefined) return
  await tx.rows(
    sql`select 1 from agreement_methods where tenant_id = ${tx.tenantId} and client_id = ${clientId} for share`,
  )
  await tx.row(sql`select 1 from invoices where tenant_id = ${tx.tenantId} and id = ${invoiceId} for update`)
  // With all of the client's, since the credit goes to the oldest first.
  const decided = await decideCovered(tx, { clientId, currency: live.currency }, today)
  const found = decided.find(({ of }) => of.invoiceId === invoiceId)
  if (found?.decision.do !== 'set') return
  const { of: one, decision } = found
  const { runOn, amountMinor, creditMinor } = decision
  const scheduleId = newId()
  const at = now()
  await tx.run(sql`
    insert into scheduled_payments (tenant_id, id, client_id, method_id, state, origin, autopay_id, run_on, amount_minor, credit_minor, currency, receipt_email, locale, created_by, created_by_id, created_at, state_at)
    values (${tx.tenantId}, ${scheduleId}, ${one.clientId}, ${one.methodId}, 'scheduled', 'autopay', ${one.autopayId}, ${runOn}, ${amountMinor}, ${creditMinor}, ${one.currency},
      ${one.noticeEmail}, ${one.locale}, 'system', ${`autopay:${one.autopayId}`}, ${at}, ${at})`)
  await tx.run(sql`
    insert into scheduled_parts (tenant_id, schedule_id, invoice_id, amount_minor, is_open)
    values (${tx.tenantId}, ${scheduleId}, ${invoiceId}, ${amountMinor + creditMinor}, true)`)
  const by = { kind: 'system', id: `autopay:${one.autopayId}` }
  await audit(
    tx,
    by,
    'schedule.set',
    { kind: 'scheduled_payment', id: scheduleId },
    { runOn, amountMinor, creditMinor },
  )
  await announce(tx, { kind: 'schedule.set', scheduleId, runOn }, `${scheduleId}:${runOn}`)
  await faultPoint('autopay.set')
}

/** Each is open once while it lasts, and closed by itself when the reason is gone. */
async function askPeople(tx: Tx, asked: { of: Covered; because: AutopayObstacle }[]): Promise<void> {
  const ids = asked.map(({ of }) => of.invoiceId)
  await tx.run(sql`
    update exceptions set closed_at = ${now()}, closed_by = 'system'
    where tenant_id = ${tx.tenantId} and cause = 'autopay-stopped' and closed_at is null and not (subject_id = any(${ids}::text[]))`)
  const open = new Set(
    (
      await tx.rows<{ subjectId: string; detail: string }>(sql`
        select subject_id, detail from exceptions where tenant_id = ${tx.tenantId} and cause = 'autopay-stopped' and closed_at is null`)
    ).map(({ subjectId, detail }) => `${subjectId}:${detail}`),
  )
  for (const { of, because } of asked) {
    const { detail, nextStep } = saying[because](of)
    // Looked at every minute, written down once.
    if (open.has(`${of.invoiceId}:${detail}`)) continue
    const subject = { kind: 'invoice', id: of.invoiceId } as const
    const amount = money(of.balanceMinor, of.currency)
    await raise(tx, { cause: 'autopay-stopped', subject, clientId: of.clientId, amount, detail, nextStep })
  }
}

const saying: Record<AutopayObstacle, (of: Covered) => { detail: string; nextStep: string }> = {
  held: ({ number }) => ({
    detail: `Invoice ${number} is not charged by itself: part of it is on hold.`,
    nextStep: 'Answer the question. Once the hold is closed it is charged, with its notice.',
  }),
  credit: ({ number }) => ({
    detail: `Invoice ${number} is not charged by itself: the client has credit in the PSA that pays no invoice yet.`,
    nextStep:
      'Apply the credit in the PSA, or let credit memos pay at the checkout (Settings). What is left is charged, with its notice.',
  }),
  'over-cap': ({ number }) => ({
    detail: `Invoice ${number} is not charged by itself: it is above the limit the client set.`,
    nextStep: 'The client pays it by hand. Send it again if it was not seen.',
  }),
  'method-gone': ({ number, methodLabel }) => ({
    detail: `Invoice ${number} is not charged by itself: ${methodLabel} cannot be charged any more.`,
    nextStep: 'Ask the client to save another card or account and turn automatic payment on with it.',
  }),
  currency: ({ number }) => ({
    detail: `Invoice ${number} is not charged by itself: it is in another currency than was agreed to.`,
    nextStep: 'The client pays it by hand.',
  }),
}
