import { Badge } from '@/components/ui/badge'
import { invoiceLooks } from '@/components/ui/invoice-looks'
import type { InvoiceFact } from './frame'

/** The invoices this payment is for, where there is nothing to choose. */
export function InvoiceRows({ rows }: { rows: InvoiceFact[] }) {
  return (
    <ul>
      {rows.map(({ id, title, number, amount, badge }) => (
        <li key={id} className="flex items-center gap-3.5 border-hairline border-t px-4.5 py-3.5 wide:px-6">
          <div className="grid min-w-0 grow gap-0.5">
            <span className="font-medium">{title}</span>
            <span className="flex flex-wrap items-center gap-x-2 text-sm text-text-3">
              <Badge tone={invoiceLooks[badge.is].tone} icon={invoiceLooks[badge.is].icon}>
                {badge.text}
              </Badge>
              {number}
            </span>
          </div>
          <span className="num font-medium">{amount}</span>
        </li>
      ))}
    </ul>
  )
}
