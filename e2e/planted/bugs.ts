/**
 * Bugs planted one at a time to prove that the checks catch them. `from` must stand in `file` exactly once; `sql` weakens
 * the database instead. Each names the test files of which at least one test must fail.
 */
export type PlantedBug = { name: string; tests: string[] } & (
  | { file: string; from: string; to: string }
  | { sql: string }
)

const payments = ['lib/payments/payments.db.test.ts']
const saved = ['lib/payments/saved-methods.db.test.ts']
const scheduled = ['lib/payments/scheduled.db.test.ts']
const webhooks = ['lib/payments/receive-stripe-event.db.test.ts']

export const plantedBugs: PlantedBug[] = [
  {
    name: 'a new key per retry',
    file: 'lib/payments/stripe/stripe-gateway.ts',
    from: 'idempotencyKey: order.attemptId',
    to: 'idempotencyKey: `${order.attemptId}-${Math.random()}`',
    tests: payments,
  },
  {
    name: 'the call before the intent is written: the attempt commits only afterwards',
    file: 'lib/payments/start-payment.ts',
    from: 'const opened = await withTenant(tenantId, async (tx) => {',
    to: "await gateway.charge({ attemptId: order.orderKey, tenantId, amount: { minor: 5000n, currency: 'USD' }, confirmationTokenId: order.confirmationTokenId ?? '', description: '' }).catch(() => {})\n  const opened = await withTenant(tenantId, async (tx) => {",
    tests: payments,
  },
  {
    name: 'a lost answer is taken for a failure',
    file: 'lib/payments/charge-attempt.ts',
    from: "const state = fault.outcome === 'unknown' ? 'unknown' : 'failed'",
    to: "const state = 'failed' as string",
    tests: payments,
  },
  {
    name: 'a key is sent again after a day',
    file: 'lib/payments/sweep.ts',
    from: 'if (sinceSent > 23 * hour) return lookUp',
    to: '',
    tests: ['lib/payments/sweep.test.ts'],
  },
  {
    name: 'a payment is posted before the return that opened its invoice again',
    file: 'lib/accounting/build-document.ts',
    from: 'if (unpostedReopenings > 0)',
    to: 'if (unpostedReopenings > 9)',
    tests: ['lib/settlement/news-orders.db.test.ts'],
  },
  {
    name: 'processing is called paid',
    file: 'lib/payments/decide-move.ts',
    from: "return state === 'processing' || afterSuccess.includes(state) ? { to: 'stay' } : { to: 'processing' }",
    to: "return { to: 'succeeded' }",
    tests: [...payments, 'lib/payments/decide-move.test.ts'],
  },
  {
    name: 'old news undoes new',
    file: 'lib/payments/decide-move.ts',
    from: 'return waiting.includes(state) ?',
    to: 'return true ?',
    tests: ['lib/payments/decide-move.test.ts'],
  },
  {
    name: 'invoices are not locked and the database does not mind',
    sql: 'drop index allocations_one_in_flight; drop trigger allocations_check on allocations',
    tests: payments,
  },
  {
    name: 'the same cause may post twice',
    sql: 'drop index journal_entries_tenant_id_cause_kind_cause_id_key; create unique index journal_entries_tenant_id_cause_kind_cause_id_key on journal_entries (tenant_id, cause_kind, cause_id, id)',
    tests: [...payments, 'lib/ledger/record.db.test.ts'],
  },
  {
    name: 'the journal may be edited',
    sql: 'drop trigger journal_lines_append_only on journal_lines; drop trigger journal_entries_append_only on journal_entries; grant update, delete on journal_lines, journal_entries to closeloop_app, closeloop_system',
    tests: ['lib/ledger/record.db.test.ts'],
  },
  {
    name: 'row-level security is off',
    sql: 'alter table journal_entries disable row level security',
    tests: ['lib/ledger/record.db.test.ts'],
  },
  {
    name: 'refunds are not added up',
    file: 'lib/payments/open-refund.ts',
    from: 'if (order.amountMinor <= 0n || order.amountMinor > left)',
    to: 'if (order.amountMinor <= 0n)',
    tests: payments,
  },
  {
    name: 'a lock is left out: refunds at once do not see each other',
    file: 'lib/payments/open-refund.ts',
    from: 'and a.id = ${order.attemptId} for update of a`',
    to: 'and a.id = ${order.attemptId}`',
    tests: payments,
  },
  {
    name: 'a lock is left out: two workers refresh one token',
    file: 'lib/connectors/connection.ts',
    from: '${lock ? sql`for update` : sql``}',
    to: '${lock ? sql`` : sql``}',
    tests: ['lib/connectors/connection.db.test.ts'],
  },
  {
    name: 'what an invoice can no longer take is applied to it all the same',
    file: 'lib/payments/movements.ts',
    from: "from('receivable', allocated.minor < payable.minor ? allocated.minor : payable.minor, invoiceId),",
    to: "from('receivable', allocated.minor, invoiceId),",
    tests: [...payments, 'lib/payments/movements.test.ts'],
  },
  {
    name: 'the signature of a webhook is not checked for age',
    file: 'lib/payments/stripe/verify-webhook.ts',
    from: 'verifyHeader(body, header, secret, 300,',
    to: 'verifyHeader(body, header, secret, 0,',
    tests: webhooks,
  },
  {
    name: 'an event is kept every time it comes',
    file: 'lib/payments/receive-stripe-event.ts',
    from: "receive(tx, 'stripe', news.eventId, news)",
    to: "receive(tx, 'stripe', `${news.eventId}-${Math.random()}`, news)",
    tests: webhooks,
  },
  {
    name: 'a refund is booked as often as it is told',
    file: 'lib/payments/take-refund-news.ts',
    from: "const cause = { kind: 'refund.succeeded' as const, id: refund.id }\n  const fresh",
    to: "const cause = { kind: 'refund.succeeded' as const, id: `${refund.id}-${Math.random()}` }\n  const fresh",
    tests: ['lib/payments/event-orders.db.test.ts'],
  },
  {
    name: 'a payment of anybody’s invoice is taken from anybody',
    file: 'lib/payments/lock-payables.ts',
    from: 'maySeeInvoice(actor, one) && isTogether(one)',
    to: 'isTogether(one)',
    tests: payments,
  },
  {
    name: 'a payment is written to the PSA again after its answer was lost',
    file: 'lib/psa/decide-push.ts',
    from: "if (writtenMinor > 0n) return 'look'",
    to: '',
    tests: ['lib/psa/push-write-back.db.test.ts'],
  },
  {
    name: 'our own payment in the PSA is taken for money from outside while its answer is missing',
    file: 'lib/billing/settle-invoice.ts',
    from: 'if (isClaimed && creditInvoiceId === undefined) {',
    to: 'if (false) {',
    tests: ['lib/psa/push-write-back.db.test.ts'],
  },
  {
    name: 'a receipt is mailed as often as the news is worked off',
    file: 'lib/collections/tell-payment.ts',
    from: '`receipt:${attemptId}`',
    to: '`receipt:${attemptId}:${Math.random()}`',
    tests: ['e2e/faults/repeated-work.db.test.ts'],
  },
  {
    name: 'a payout is called complete without being added up',
    file: 'lib/settlement/settle-payouts.ts',
    from: 'if (listed?.minor === amount.minor) {',
    to: 'if (true) {',
    tests: ['e2e/faults/repeated-work.db.test.ts'],
  },
  {
    name: 'a page read before a deletion brings the invoice back',
    file: 'lib/billing/mirrored-invoices.ts',
    from: 'greatest(v.seen_at, i.voided_at) as seen_at',
    to: 'v.seen_at',
    tests: ['e2e/faults/psa-changes.db.test.ts'],
  },
  {
    name: 'a refund of what was too much opens the invoice again',
    file: 'lib/payments/movements.ts',
    from: 'const beyond = take(least(one.minor, one.credited))',
    to: 'const beyond = 0n',
    tests: ['e2e/faults/psa-changes.db.test.ts'],
  },
  {
    name: 'a mere inquiry of a bank takes the money',
    file: 'lib/payments/take-dispute-news.ts',
    from: 'if (!news.booked) return takeInquiry(tx, attempt, news)',
    to: '',
    tests: ['e2e/faults/psa-changes.db.test.ts'],
  },
  {
    name: 'a refund told before its payment is booked against nothing',
    file: 'lib/payments/take-stripe-event.ts',
    from: 'const payment = news.intentId === undefined ? undefined : await gateway.retrieveIntent(news.intentId)\n      await withTenant(tenantId, async (tx) => {\n        if (payment !== undefined) await takeIntentNews(tx, gateway.account, payment)\n        await takeRefundNews(tx, news)',
    to: 'await withTenant(tenantId, async (tx) => {\n        await takeRefundNews(tx, news)',
    tests: ['e2e/faults/psa-changes.db.test.ts'],
  },
  {
    name: 'what was not learned in the last day is never asked for again',
    file: 'lib/payments/reconcile-payments.ts',
    from: '...times.flatMap((at) => at?.getTime() ?? [])',
    to: '',
    tests: ['e2e/faults/lost-news.db.test.ts'],
  },
  {
    name: 'what a dead worker held waits for hours',
    file: 'lib/jobs/free-dead-workers.ts',
    from: 'await free(await session, ownId)',
    to: 'await session',
    tests: ['e2e/faults/queue.db.test.ts'],
  },
  {
    name: 'the nightly round is announced as often as the clock is looked at',
    file: 'lib/jobs/schedule.ts',
    from: "await announce(tx, { kind: 'clock.nightly', on: todayIn(timeZone, at) }, todayIn(timeZone, at))",
    to: "await announce(tx, { kind: 'clock.nightly', on: todayIn(timeZone, at) }, String(Math.random()))",
    tests: ['e2e/faults/clock.db.test.ts'],
  },
  {
    name: 'whoever holds a mailed link may charge what is saved',
    file: 'lib/payments/method-to-charge.ts',
    from: "isGuest(actor) || actor.kind === 'staff'",
    to: "actor.kind === 'staff'",
    tests: saved,
  },
  {
    name: 'a consent to other words counts',
    file: 'lib/payments/agreed.ts',
    from: "return consent.version === version ? consent : 'changed'",
    to: 'return consent',
    tests: saved,
  },
  {
    name: 'a mandate may be edited afterwards',
    sql: 'drop trigger mandates_keep on mandates',
    tests: saved,
  },
  {
    name: 'more is taken on the day than was agreed to',
    file: 'lib/payments/scheduled.ts',
    from: 'amountMinor: agreedMinor < balanceMinor ? agreedMinor : balanceMinor,',
    to: 'amountMinor: balanceMinor,',
    tests: ['lib/payments/scheduled.test.ts', ...scheduled],
  },
  {
    name: 'more is charged than was announced, when the credit is gone',
    file: 'lib/payments/scheduled.ts',
    from: "if (chargeMinor > amountMinor) return { do: 'announce-again' }",
    to: '',
    tests: ['lib/payments/scheduled.test.ts', 'lib/autopay/autopay-credit.db.test.ts'],
  },
  {
    name: 'what is set for a date is paid all the same',
    file: 'lib/payments/open-attempt.ts',
    from: "if (scheduled.length > 0 && order.replacesScheduled !== true) return { do: 'refuse', because: 'scheduled' }",
    to: '',
    tests: scheduled,
  },
  {
    name: 'a pre-authorized debit is announced three days before, whatever was agreed to',
    file: 'lib/payments/consent.ts',
    from: "kind === 'autopay_bank_personal' || kind === 'autopay_pad' ? noticeDaysMax : 3",
    to: "kind === 'autopay_bank_personal' ? noticeDaysMax : 3",
    tests: ['lib/autopay/autopay-pad.db.test.ts'],
  },
  {
    name: 'words about another kind of account keep a Canadian one',
    file: 'lib/payments/save-method.ts',
    from: "if ((agreed.save?.type === 'acss_debit') !== (debit !== undefined)) return false",
    to: '',
    tests: ['lib/payments/saved-pads.db.test.ts'],
  },
  {
    name: 'money in another currency is posted as if it were the books’ own',
    file: 'lib/accounting/foreign-posting.ts',
    from: 'if (currency === own) return',
    to: 'if (currency !== undefined) return',
    tests: ['lib/accounting/foreign-posting.db.test.ts'],
  },
]
