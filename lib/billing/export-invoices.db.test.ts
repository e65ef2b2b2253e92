import { expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp } from '../../e2e/support/msp.ts'
import { exportInvoices } from './export-invoices'
import { type InvoiceFilter, listInvoices } from './queries'

const { tenantId, ...msp } = await makeMsp('exports')
const clientId = await msp.makeClient()
const contact = { kind: 'contact', tenantId, contactId: newId(), clientId, role: 'viewer' } as const

async function numbersOf(filter: InvoiceFilter, search = ''): Promise<string[]> {
  const numbers: string[] = []
  for await (const items of exportInvoices(contact, { filter, search }))
    numbers.push(...items.map(({ number }) => number))
  return numbers
}

test('a file holds all that fits the filter, page after page, each once and nobody else’s', async () => {
  const other = await msp.makeClient('Another')
  await msp.makeInvoice(other, 500n)
  await withTenant(tenantId, async (tx) => {
    // More than two batches; of nothing, so that the journal need not know them.
    await tx.run(sql`
      insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
      select ${tenantId}, uuid_v7(), ${clientId}, 'invoice', (30000 + n)::text, 'open', 'Standard', 'Sent', '2026-10-01', '2026-10-31', 'USD', 0, 0, 0, 1, ''
      from generate_series(1, 1003) n`)
  })
  const open = await msp.makeInvoice(clientId, 700n)
  const [{ number: openNumber } = { number: '' }] = (await listInvoices(contact, { filter: 'open' })).items.filter(
    ({ id }) => id === open,
  )
  const all = await numbersOf('all')
  expect(all).toHaveLength(1004)
  expect(new Set(all).size).toBe(1004)
  expect(await numbersOf('open')).toEqual([openNumber])
  expect(await numbersOf('paid', '3100')).toEqual(['31003', '31002', '31001', '31000'])
  expect(await numbersOf('all', 'nothing')).toEqual([])
})
