import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { checkInvariants } from '@/lib/reports/invariants'
import type { Violation } from '@/lib/reports/violation'

/** Tests that write rows by hand where a sync or a worker would write more; what those rows lack is not looked for there. */
const madeByHand: Record<string, { lacks: Violation['invariant'][]; because: string }> = {
  'lib/payments/pad.db.test.ts': { lacks: ['I10'], because: 'payments are made without a worker' },
  'lib/payments/payments.db.test.ts': { lacks: ['I4'], because: 'an invoice is voided without a sync' },
  'lib/payments/saved-methods.db.test.ts': { lacks: ['I7'], because: 'nobody sweeps what is left unfinished' },
  'lib/payments/saved-pads.db.test.ts': { lacks: ['I10'], because: 'payments are made without a worker' },
  'lib/payments/scheduled.db.test.ts': { lacks: ['I4'], because: 'invoices change without a sync' },
  'lib/autopay/autopay-pad.db.test.ts': { lacks: ['I10'], because: 'payments are made without a worker' },
  'lib/autopay/autopay.db.test.ts': { lacks: ['I10'], because: 'payments are made without a worker' },
  'lib/autopay/autopay-credit.db.test.ts': { lacks: ['I10'], because: 'payments are made without a worker' },
  'lib/billing/look-up-invoice.db.test.ts': { lacks: ['I4'], because: 'invoices change without a sync' },
  'lib/mail/mail.db.test.ts': { lacks: ['I4'], because: 'invoices are not mirrored in the journal' },
  'lib/reports/today.db.test.ts': { lacks: ['I4'], because: 'invoices change without a sync' },
  'lib/settlement/repeat-write-back.db.test.ts': { lacks: ['I4'], because: 'invoices change without a sync' },
  'e2e/faults/repeated-work.db.test.ts': { lacks: ['I10'], because: 'some payments are made without a worker' },
}

/**
 * Whatever a test file did, the books it leaves behind keep every promise that is made about money.
 * @param file path from the root
 * @throws Error naming what is broken
 */
export async function checkBooks(file: string): Promise<void> {
  const tenants = await acrossTenants((tx) => tx.rows<{ id: string }>(sql`select id from tenants`))
  const lacks = madeByHand[file]?.lacks ?? []
  for (const { id } of tenants) {
    const broken = (await checkInvariants(id)).filter(({ invariant }) => !lacks.includes(invariant))
    if (broken.length > 0) throw new Error(`After ${file} the books are broken: ${JSON.stringify(broken, null, 2)}`)
  }
}
