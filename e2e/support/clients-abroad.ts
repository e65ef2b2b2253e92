import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import type { StageInvoice, startBooksStage } from './books-stage.ts'

type Row = Record<string, unknown>

/** Clients of a stage's MSP in Quebec, billed in Canadian dollars. */
export function clientsAbroad({ quickbooks, tenantId }: Awaited<ReturnType<typeof startBooksStage>>) {
  let count = 0

  /** A record as a bookkeeper would write it in the books. */
  async function write(entity: string, sent: object): Promise<Row> {
    const { realmId, accessToken } = quickbooks.credentials
    const place = `${quickbooks.url}/v3/company/${realmId}/${entity.toLowerCase()}`
    const answer = await fetch(`${place}?minorversion=75&requestid=${newId()}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(sent),
    })
    const body = (await answer.json()) as Record<string, Row>
    if (!answer.ok) throw new Error(JSON.stringify(body))
    return body[entity] ?? {}
  }

  /** One more bank account. @returns its id in the books */
  async function openAccount(Name: string, currency: string): Promise<string> {
    const CurrencyRef = { value: currency }
    const account = await write('Account', { Name, AccountType: 'Bank', AccountSubType: 'Savings', CurrencyRef })
    return String(account.Id)
  }

  /** An invoice as the bridge of the PSA brings it. @returns its id in the books */
  async function bring(number: string, name: string, totalMinor: bigint, currency: string): Promise<string> {
    const CurrencyRef = { value: currency }
    const customer = await write('Customer', { DisplayName: name, CurrencyRef })
    const Amount = Number(totalMinor) / 100
    const SalesItemLineDetail = { ItemRef: { value: '1' }, Qty: 1, UnitPrice: Amount }
    const invoice = await write('Invoice', {
      ...{ CustomerRef: { value: customer.Id }, CurrencyRef, DocNumber: number, TxnDate: '2026-11-02' },
      ...(currency === 'CAD' && { ExchangeRate: 0.72 }),
      Line: [{ Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail }],
    })
    return String(invoice.Id)
  }

  /**
   * A client in Quebec, and an invoice to it that is mirrored here.
   * @param inBooks the currency it has there; none where it is not in the books
   */
  async function owing(totalMinor: bigint, inBooks: 'CAD' | 'USD' | 'none' = 'CAD'): Promise<StageInvoice> {
    count += 1
    const [id, clientId, number, name] = [newId(), newId(), `CA-${count}`, `Ateliers Beaupré ${count}`]
    const booksId = inBooks === 'none' ? '' : await bring(number, name, totalMinor, inBooks)
    await withTenant(tenantId, async (tx) => {
      await tx.run(sql`
        insert into clients (tenant_id, id, name, identifier, currency, source_hash, source)
        values (${tenantId}, ${clientId}, ${name}, ${number}, 'CAD', '', ${json({})})`)
      await tx.run(sql`
        insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
        values (${tenantId}, ${id}, ${clientId}, 'invoice', ${number}, 'open', 'Standard', 'Sent', '2026-11-02', '2026-12-02', 'CAD', 0, ${totalMinor}, ${totalMinor}, 1, '')`)
      const amount = money(totalMinor, 'CAD')
      await record(tx, [
        {
          ...{ cause: { kind: 'invoice.mirrored', id }, happenedAt: new Date(), bookedOn: '2026-11-02' },
          movements: [{ debit: 'receivable', credit: 'billed', amount, clientId, invoiceId: id }],
        },
      ])
    })
    return { id, clientId, number, totalMinor, booksId }
  }

  return { bring, openAccount, owing }
}
