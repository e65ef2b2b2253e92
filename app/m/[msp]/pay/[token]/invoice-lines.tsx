import { Amount } from '@/components/money/amount'
import type { InvoiceGroup } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import type { Locale } from '@/messages/words'

/** Lines under the heading of their agreement. With one group its heading stands above already. */
export function InvoiceLines({ groups, locale }: { groups: InvoiceGroup[]; locale: Locale }) {
  return (
    <div className="grid gap-5">
      {groups.map(({ heading, lines }, at) => (
        <div key={heading} className="grid gap-3">
          {at > 0 && <h3 className="h2">{heading}</h3>}
          <ul className="grid gap-3">
            {lines.map((line, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a version's lines never change, and two may be the same
              <li key={row} className="grid grid-cols-[1fr_auto] gap-x-4">
                <div>
                  {line.description}
                  {line.quantity !== '1' && (
                    <div className="num text-sm text-text-3 leading-[18px]">
                      {line.quantity} × {formatMoney(line.unitPrice, locale)}
                    </div>
                  )}
                </div>
                <Amount of={line.amount} locale={locale} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
