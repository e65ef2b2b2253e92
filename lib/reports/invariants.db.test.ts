import { spawnSync } from 'node:child_process'
import pg from 'pg'
import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { json } from '@/lib/base/sql'
import { fromDecimal } from '@/lib/money/wire'
import { addUpJournal } from './add-up-journal'
import { checkInvariants } from './invariants'
import type { OutsideBooks } from './outside-books'
import { makePaidInvoice } from './paid-invoice.test.support'
import { readBalances, readJournal } from './read-journal'

const { tenantId, invoiceId, attemptId } = await makePaidInvoice()

const outside: Required<OutsideBooks> = {
  charges: [{ chargeId: 'ch_1', attemptId, amountMinor: 491_314n, currency: 'USD' }],
  unpaid: [{ currency: 'USD', minor: 0n }],
  psaInvoices: [{ externalId: '9001', balanceMinor: 0n, payments: [{ externalId: 'pay-77', amountMinor: 491_314n }] }],
  documents: [],
}

/**
 * Does it as the superuser with every trigger and foreign key off, checks, and puts the rows back: the database itself
 * would not allow any of this.
 */
async function namesAfter(corruption: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations'",
    )
    await client.query("set session_replication_role = 'replica'")
    for (const { name } of tables.rows) await client.query(`create temp table "kept_${name}" as table "${name}"`)
    await client.query(corruption)
    const violations = await checkInvariants(tenantId, outside)
    for (const { name } of tables.rows) {
      const columns = await client.query<{ list: string }>(
        `select string_agg(quote_ident(column_name), ', ') as list from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
        [name],
      )
      const list = columns.rows[0]?.list ?? ''
      await client.query(`delete from "${name}"`)
      await client.query(`insert into "${name}" (${list}) select ${list} from "kept_${name}"`)
      await client.query(`drop table "kept_${name}"`)
    }
    return violations.map(
      ({ invariant, row, expected, actual }) => `${invariant} ${row.kind} ${row.id}: ${expected} | ${actual}`,
    )
  } finally {
    await client.end()
  }
}

test('a sound set of books breaks no promise, inside and against the outside', async () => {
  expect(await checkInvariants(tenantId, outside)).toEqual([])
})

test('a pair deleted from the journal is named, with both figures', async () => {
  const names = await namesAfter(
    "delete from journal_lines l using journal_entries e where e.id = l.entry_id and e.cause_kind = 'payment.succeeded'",
  )
  expect(names).toContain(`I1 attempt ${attemptId}: 491314 USD | 0 USD`)
  expect(names).toContain(`I4 invoice ${invoiceId}: 0 | 491314`)
  expect(names.some((name) => name.startsWith('I3 journal_entry'))).toBe(true)
  expect(names.some((name) => name.startsWith('I12 journal_seal 1'))).toBe(true)
})

test('an amount that was flipped is named', async () => {
  const names = await namesAfter("update journal_lines set amount_minor = 491341 where credit = 'receivable'")
  expect(names).toContain(`I1 attempt ${attemptId}: 491314 USD | 491341 USD`)
  expect(names).toContain(`I5 account clearing USD: 0 | 27`)
  expect(names.some((name) => name.startsWith('I12 journal_seal'))).toBe(true)
})

const corruptions: [what: string, statement: string, named: () => string][] = [
  [
    'a charge that never reached the journal',
    "delete from journal_entries where cause_kind = 'payment.succeeded'",
    () => `I1 attempt ${attemptId}: 491314 USD | 0 USD`,
  ],
  [
    'a payment in the journal that was never charged',
    'alter table attempts drop constraint attempts_succeeded; update attempts set charge_id = null',
    () => `I1 attempt ${attemptId}: a charge | succeeded`,
  ],
  [
    'an invoice’s total changed behind the journal',
    'alter table invoices drop constraint if exists invoices_balance; update invoices set total_minor = 400000',
    () => `I4 invoice ${invoiceId}: 491314 | 400000`,
  ],
  [
    'the same, which makes it overpaid',
    'alter table invoices drop constraint if exists invoices_balance; update invoices set total_minor = 400000',
    () => `I2 invoice ${invoiceId}: 400000 | 491314`,
  ],
  [
    'a stored sum that drifted',
    'update invoices set settled_minor = 491313',
    () => `I4 invoice ${invoiceId}: 491314 | 491313`,
  ],
  [
    'a fee that was changed',
    "update journal_lines set amount_minor = 14277 where debit = 'processor_fees'",
    () => 'I5 balance_transaction txn_1: 14278 | 14277',
  ],
  ['a payout of another amount', 'update payouts set amount_minor = 477000', () => 'I6 payout po_1: 477000 | 477036'],
  [
    'a net that is not gross less fee',
    'alter table balance_transactions drop constraint balance_transactions_net; update balance_transactions set net_minor = 477035',
    () => 'I6 balance_transaction txn_1: 477036 | 477035',
  ],
  [
    'an attempt that waits for ever',
    "update attempts set state = 'unknown', state_at = now() - interval '5 years', succeeded_at = null",
    () => `I7 attempt ${attemptId}: settled or raised | unknown`,
  ],
  [
    'one row in the PSA for two payments',
    'insert into write_backs (tenant_id, attempt_id, invoice_id, amount_minor, currency, paid_on, state, external_id, written_minor, created_at) select tenant_id, uuid_v7(), invoice_id, amount_minor, currency, paid_on, state, external_id, written_minor, created_at from write_backs',
    () => 'I8 write_back pay-77: 1 | 2',
  ],
  ['a row that points into another tenant', 'update messages set attempt_id = uuid_v7()', () => 'I9 messages'],
  ['an invoice of no client', 'update invoices set client_id = uuid_v7()', () => 'I9 invoices'],
  ['a payment without a receipt', 'delete from messages', () => `I10 attempt ${attemptId}: 1 | 0`],
  ['a refund that was made up', 'update attempts set refunded_minor = 100', () => `I11 attempt ${attemptId}: 0 | 100`],
  [
    'an invoice that stayed locked',
    'update allocations set in_flight = true',
    () => `I11 invoice ${invoiceId}: false | true`,
  ],
  [
    'a change of state that is not on record',
    "delete from attempt_transitions where to_state = 'sent'",
    () => `I12 attempt ${attemptId}: succeeded | nothing to created, sent to succeeded`,
  ],
  [
    'a move that does not exist',
    "update attempt_transitions set to_state = 'returned' where to_state = 'sent'",
    () => `I13 attempt ${attemptId}: a listed move | created to returned`,
  ],
  [
    'a note changed under its seal',
    "update journal_entries set note = 'nothing to see here'",
    () => 'I12 journal_seal 1: an unbroken chain | broken',
  ],
]

test.for(corruptions)('it names %s', async ([, statement, named]) => {
  const names = await namesAfter(statement)
  expect(
    names.filter((name) => name.startsWith(named())),
    names.join('\n'),
  ).not.toEqual([])
})

const outsides: [what: string, against: () => OutsideBooks, named: () => string][] = [
  [
    'a charge at Stripe that nobody here knows',
    () => ({ charges: [...outside.charges, { chargeId: 'ch_2', amountMinor: 5n, currency: 'USD' }] }),
    () => 'I1 charge ch_2: 5 USD | nothing',
  ],
  [
    'a second charge for one attempt',
    () => ({ charges: [...outside.charges, { chargeId: 'ch_2', attemptId, amountMinor: 491_314n, currency: 'USD' }] }),
    () => `I2 attempt ${attemptId}: ch_1 | ch_1 and ch_2`,
  ],
  ['a payment that Stripe never took', () => ({ charges: [] }), () => `I1 attempt ${attemptId}: a charge`],
  [
    'money that Stripe still owes and the journal does not know',
    () => ({ unpaid: [{ currency: 'USD', minor: 145n }] }),
    () => 'I5 account clearing USD: 145 | 0',
  ],
  [
    'a payment deleted in the PSA',
    () => ({ psaInvoices: [{ externalId: '9001', balanceMinor: 491_314n, payments: [] }] }),
    () => 'I8 psa_payment pay-77: 1 of 491314 | 0',
  ],
  [
    'the balance the PSA shows then',
    () => ({ psaInvoices: [{ externalId: '9001', balanceMinor: 491_314n, payments: [] }] }),
    () => 'I4 invoice 9001: 491314 | 0',
  ],
  [
    'a payment written to the PSA twice',
    () => ({
      psaInvoices: [
        {
          externalId: '9001',
          balanceMinor: 0n,
          payments: [
            { externalId: 'pay-77', amountMinor: 491_314n },
            { externalId: 'pay-78', amountMinor: 491_314n },
          ],
        },
      ],
    }),
    () => 'I8 psa_payment pay-78: a payment we know | 491314',
  ],
  [
    'a document in our name that we did not post',
    () => ({ documents: [{ externalKind: 'Payment', externalId: '8', amountMinor: 7n }] }),
    () => 'I8 document Payment 8: nothing | 7',
  ],
]

test.for(outsides)('it names %s', async ([, against, named]) => {
  const names = (await checkInvariants(tenantId, against())).map(
    ({ invariant, row, expected, actual }) => `${invariant} ${row.kind} ${row.id}: ${expected} | ${actual}`,
  )
  expect(
    names.filter((name) => name.startsWith(named())),
    names.join('\n'),
  ).not.toEqual([])
})

test('the exported journal, added up from its text alone, gives the balances of the tables', async () => {
  await withTenant(tenantId, async (tx) => {
    let text = ''
    for await (const part of readJournal(tx)) text += `${part}\n`
    expect(addUpJournal(text)).toEqual(await readBalances(tx))
    expect(text).toContain(`2026-11-20 (`)
    expect(json([...addUpJournal(text)])).toContain('bank USD')
  })
})

/** A program of its own, which few machines have. */
const hledger = 'hledger'

test('hledger, where it is installed, adds up the same', async (context) => {
  if (spawnSync(hledger, ['--version']).status !== 0) return context.skip('hledger is not installed')
  await withTenant(tenantId, async (tx) => {
    let text = ''
    for await (const part of readJournal(tx)) text += `${part}\n`
    const report = spawnSync(hledger, ['-f', '-', 'balance', '--flat', '--no-total', '-O', 'csv'], {
      input: text,
      encoding: 'utf8',
    })
    const rows = report.stdout.trim().split('\n').slice(1)
    const theirs = rows.map((row) => {
      const [, account = '', amount = '', currency = ''] = /^"([^"]+)","(-?[\d.]+) ([A-Z]{3})"$/.exec(row) ?? []
      return [`${account} ${currency}`, fromDecimal(amount, currency).minor] as const
    })
    expect(new Map(theirs)).toEqual(await readBalances(tx))
  })
})

test('an export that does not balance is refused', () => {
  const text = '2026-11-20 (x) fee.charged txn\n    processor-fees  1.45 USD\n    clearing  -1.44 USD\n'
  expect(() => addUpJournal(text)).toThrow(/leaves 1 USD over/)
})
