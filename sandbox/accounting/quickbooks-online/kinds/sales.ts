import type { Books } from '../books.ts'
import { cents, dollars, sum } from '../cents.ts'
import { systemAccounts } from '../chart-of-accounts.ts'
import { QuickbooksFault } from '../fault.ts'
import type { LedgerLine } from '../ledger.ts'
import type { Line } from '../schema/line.ts'
import type { Content } from '../schema/schemas.ts'

type SalesName = 'Invoice' | 'CreditMemo' | 'SalesReceipt' | 'RefundReceipt'

/** Lines, tax and total of a sale, computed here as QuickBooks does: whatever total was sent counts for nothing. */
export function acceptSale<S extends SalesName>(books: Books, sale: Content<S>): Content<S> {
  const lines = sale.Line.filter((line) => line.DetailType !== 'SubTotalLineDetail').map((line, at) =>
    acceptLine(books, line, at),
  )
  if (lines.length === 0) throw new QuickbooksFault('2020', 'Required parameter Line is missing in the request', 'Line')
  const tax = cents(sale.TxnTaxDetail?.TotalTax)
  const total = sum(lines.map(signedCents)) + tax
  if (total < 0) throw new QuickbooksFault('6000', 'Transaction amount must be 0 or greater')
  return {
    ...sale,
    Line: lines,
    TxnTaxDetail: { ...sale.TxnTaxDetail, TotalTax: dollars(tax) },
    TotalAmt: dollars(total),
  }
}

/** Income and tax of a sale, as credits; the other side is the caller's. */
export function incomeLines(sale: Content<SalesName>): LedgerLine[] {
  return [
    ...sale.Line.map((line) => ({ accountId: incomeAccountOf(line), cents: -signedCents(line) })),
    { accountId: systemAccounts.salesTax, cents: -cents(sale.TxnTaxDetail?.TotalTax) },
  ].filter((line) => line.cents !== 0)
}

/** The subtotal line that QuickBooks adds when a sale is read. */
export function withSubtotal(sale: Content<SalesName>): Line[] {
  const subtotal = sum(sale.Line.map(signedCents))
  return [...sale.Line, { Amount: dollars(subtotal), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} }]
}

function acceptLine(books: Books, line: Line, at: number): Line {
  const numbered = { ...line, Id: String(at + 1), LineNum: at + 1 }
  switch (line.DetailType) {
    case 'DescriptionOnly':
    case 'DiscountLineDetail':
      return numbered
    case 'SalesItemLineDetail':
      return { ...numbered, SalesItemLineDetail: acceptItem(books, line) }
    default:
      throw new QuickbooksFault(
        '2020',
        'Required parameter Line.DetailType is missing in the request',
        'Line.DetailType',
      )
  }
}

function acceptItem(books: Books, line: Line): NonNullable<Line['SalesItemLineDetail']> {
  const detail = line.SalesItemLineDetail
  if (detail === undefined) {
    throw new QuickbooksFault('2020', 'Required parameter Line.SalesItemLineDetail is missing in the request', 'Line')
  }
  const { UnitPrice, Qty } = detail
  if (UnitPrice !== undefined && Qty !== undefined && Math.abs(cents(UnitPrice * Qty) - cents(line.Amount)) > 1) {
    throw new QuickbooksFault('6000', 'Amount calculation incorrect in the request', 'Line.Amount')
  }
  const ItemRef = books.refer('Item', detail.ItemRef ?? { value: '1' }, 'Items')
  const account = books.contentOf('Item', ItemRef.value)?.IncomeAccountRef
  return { ...detail, ItemRef, ItemAccountRef: account ?? { value: systemAccounts.services } }
}

function signedCents(line: Line): number {
  switch (line.DetailType) {
    case 'DescriptionOnly':
    case 'SubTotalLineDetail':
      return 0
    case 'DiscountLineDetail':
      return -cents(line.Amount)
    default:
      return cents(line.Amount)
  }
}

function incomeAccountOf(line: Line): string {
  const named = line.SalesItemLineDetail?.ItemAccountRef ?? line.DiscountLineDetail?.DiscountAccountRef
  return named?.value ?? systemAccounts.services
}
