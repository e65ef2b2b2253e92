import { Fragment } from 'react'
import { Card } from '@/components/ui/card'
import { SumRow, Table, Td, Th } from '@/components/ui/table'
import type { InvoiceView } from '@/lib/billing/invoice'
import { bare, cash } from '../../cash'

/** The invoice as the client sees it: lines under the heading of their agreement, then tax and total. */
export function LinesCard({ invoice: { groups, tax, total, psaType, psaStatus, version } }: { invoice: InvoiceView }) {
  return (
    <Card
      title="Lines"
      aside={
        <span className="text-text-3 text-xs">
          {psaType}
          {psaStatus !== '' && `, ${psaStatus} in the PSA`}
          {version > 1 && `, version ${version}`}
        </span>
      }
      flush
    >
      <Table caption="Lines of the invoice" scrolls>
        <thead>
          <tr>
            <Th>Description</Th>
            <Th num>Quantity</Th>
            <Th num wideOnly>
              Price
            </Th>
            <Th num>Amount</Th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ heading, lines, subtotal }) => (
            <Fragment key={heading}>
              <tr className="bg-sunken">
                <th scope="rowgroup" colSpan={3} className="px-4 py-2 text-left font-medium max-wide:hidden wide:px-5">
                  {heading}
                </th>
                <th scope="rowgroup" colSpan={2} className="px-4 py-2 text-left font-medium wide:hidden">
                  {heading}
                </th>
                <td className="num px-4 py-2 text-right text-text-2 wide:px-5">{bare(subtotal)}</td>
              </tr>
              {lines.map(({ description, quantity, unitPrice, amount, taxable }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a version never move
                <tr key={index}>
                  <Td className="[overflow-wrap:anywhere]">
                    {description}
                    {taxable && <span className="text-text-3 text-xs"> taxed</span>}
                  </Td>
                  <Td num>{quantity}</Td>
                  <Td num wideOnly className="text-text-2">
                    {bare(unitPrice)}
                  </Td>
                  <Td num>{bare(amount)}</Td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          {tax.minor !== 0n && (
            <tr>
              <Td colSpan={2}>Tax</Td>
              <Td wideOnly />
              <Td num>{bare(tax)}</Td>
            </tr>
          )}
          <SumRow>
            <Td colSpan={2}>Total</Td>
            <Td wideOnly />
            <Td num>{cash(total)}</Td>
          </SumRow>
        </tfoot>
      </Table>
    </Card>
  )
}
