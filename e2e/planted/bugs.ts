/**
 * Bugs planted one at a time to prove that the checks catch them. `from` must stand in `file` exactly once; `sql` weakens
 * the database instead. Each names the test files of which at least one test must fail.
 */
export type PlantedBug = { name: string; tests: string[] } & (
  | { file: string; from: string; to: string }
  | { sql: string }
)

const payments = ['lib/payments/payments.db.test.ts']
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
    from: 'const opened = await withTenant(tenantId, (tx) => openAttempt(tx, actor, order, where, gateway.account))',
    to: "await gateway.charge({ attemptId: order.orderKey, tenantId, amount: { minor: 5000n, currency: 'USD' }, confirmationTokenId: order.confirmationTokenId, description: '' }).catch(() => {})\n  const opened = await withTenant(tenantId, (tx) => openAttempt(tx, actor, order, where, gateway.account))",
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
    file: 'lib/payments/refund-payment.ts',
    from: 'if (order.amountMinor <= 0n || order.amountMinor > left)',
    to: 'if (order.amountMinor <= 0n)',
    tests: payments,
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
    from: "const cause = { kind: 'refund.succeeded' as const, id: refund.id }",
    to: "const cause = { kind: 'refund.succeeded' as const, id: `${refund.id}-${Math.random()}` }",
    tests: webhooks,
  },
  {
    name: 'a payment of anybody’s invoice is taken from anybody',
    file: 'lib/payments/open-attempt.ts',
    from: '!maySeeInvoice(actor, invoice) ||',
    to: '',
    tests: payments,
  },
]
