import type { WorldClient, WorldInvoice, WorldLine } from '../../world/world.ts'
import { dollars } from './cents.ts'
import { accountRef, itemCatalog } from './chart-of-accounts.ts'
import { currencyRef, home, rateOn } from './currencies.ts'
import type { Line } from './schema/line.ts'
import type { Content } from './schema/schemas.ts'

/** The PSA's invoice as its bridge writes it here: same number, same lines, same total. */
export function toInvoice(invoice: WorldInvoice, client: WorldClient): Content<'Invoice'> {
  return { ...saleOf(invoice, client, 1), DueDate: invoice.dueOn }
}

/** Credit memos are negative in the PSA and positive here. */
export function toCreditMemo(invoice: WorldInvoice, client: WorldClient): Content<'CreditMemo'> {
  return saleOf(invoice, client, -1)
}

function saleOf(invoice: WorldInvoice, client: WorldClient, sign: 1 | -1) {
  return {
    DocNumber: invoice.number,
    TxnDate: invoice.on,
    CurrencyRef: currencyRef(client.currency ?? home),
    ...(client.currency && { ExchangeRate: rateOn(client.currency, invoice.on) }),
    CustomerRef: { value: String(client.id), name: client.name },
    PrivateNote: invoice.title,
    Line: invoice.lines.map((line, at) => toLine(line, at, sign)),
    TxnTaxDetail: { TotalTax: dollars(sign * invoice.taxCents) },
    TotalAmt: dollars(sign * invoice.totalCents),
  }
}

function toLine(line: WorldLine, at: number, sign: 1 | -1): Line {
  const item = itemOf(line)
  return {
    Id: String(at + 1),
    LineNum: at + 1,
    Description: line.description,
    Amount: dollars(sign * line.amountCents),
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: {
      ItemRef: { value: item.id, name: item.name },
      ItemAccountRef: accountRef(item.accountId),
      Qty: line.quantity,
      UnitPrice: dollars(sign * line.unitPriceCents),
      TaxCodeRef: { value: line.taxable ? 'TAX' : 'NON' },
    },
  }
}

function itemOf({ kind, additionId }: WorldLine) {
  if (additionId !== undefined) return itemCatalog.managed
  switch (kind) {
    case 'agreement':
      return itemCatalog.managed
    case 'time':
      return itemCatalog.professional
    case 'product':
      return itemCatalog.hardware
    case 'expense':
      return itemCatalog.expenses
  }
}
