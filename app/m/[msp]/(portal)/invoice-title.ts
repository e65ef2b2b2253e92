import type { InvoiceRow } from '@/lib/billing/invoice'

/** What it is for, and its number; without an agreement the number is the name. */
export function titleOf(
  { kind, number, agreementName }: Pick<InvoiceRow, 'kind' | 'number' | 'agreementName'>,
  creditMemo: string,
  invoice: string,
): { main: string; sub?: string } {
  if (kind === 'credit_memo') return { main: `${creditMemo} ${number}` }
  return agreementName === undefined ? { main: `${invoice} ${number}` } : { main: agreementName, sub: number }
}
