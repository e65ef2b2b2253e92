import type { InvoiceFilter } from '@/lib/billing/queries'

export const filters = ['open', 'overdue', 'paid', 'all'] as const satisfies InvoiceFilter[]

/** What the address asks to be shown; everything when it asks for nothing we know. */
export function filterOf(show: string | undefined): InvoiceFilter {
  return filters.find((one) => one === show) ?? 'all'
}
