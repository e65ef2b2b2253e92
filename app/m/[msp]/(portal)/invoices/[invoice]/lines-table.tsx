import { Table, Tbody, Td, Th } from '@/components/ui/table'
import type { InvoiceGroup } from '@/lib/billing/invoice'
import { formatMoney } from '@/lib/money/format'
import { type Locale, wordsIn } from '@/messages/words'

/** Lines under the heading of their agreement, with its subtotal when there are several. */
export function LinesTable({ groups, locale }: { groups: InvoiceGroup[]; locale: Locale }) {
  const words = wordsIn(locale)
  return (
    <Table caption={words('portal.linesHeading')}>
      <thead>
        <tr>
          <Th>{words('portal.service')}</Th>
          <Th num wideOnly>
            {words('portal.quantity')}
          </Th>
          <Th num wideOnly>
            {words('portal.price')}
          </Th>
          <Th num>{words('portal.amount')}</Th>
        </tr>
      </thead>
      {groups.map(({ heading, lines, subtotal }) => (
        <Tbody key={heading}>
          {groups.length > 1 && (
            <tr className="bg-sunken">
              <th scope="rowgroup" className="px-4.5 py-2.5 text-left font-medium wide:px-6">
                {heading}
              </th>
              {/* On a phone the columns between are folded away, and no cell may reach over them. */}
              <td colSpan={2} className="max-wide:hidden" />
              <td className="num px-4.5 text-right font-medium wide:px-6">{formatMoney(subtotal, locale)}</td>
            </tr>
          )}
          {lines.map((line, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a version's lines never change, and two may be the same
            <tr key={row}>
              <Td>
                {line.description}
                <div className="num text-sm text-text-3 wide:hidden">
                  {line.quantity} × {formatMoney(line.unitPrice, locale)}
                </div>
              </Td>
              <Td num wideOnly>
                {line.quantity}
              </Td>
              <Td num wideOnly>
                {formatMoney(line.unitPrice, locale)}
              </Td>
              <Td num>{formatMoney(line.amount, locale)}</Td>
            </tr>
          ))}
        </Tbody>
      ))}
    </Table>
  )
}
