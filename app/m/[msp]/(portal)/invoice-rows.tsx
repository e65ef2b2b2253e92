'use client'

import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { InvoiceStatus } from '@/lib/billing/invoice'

type Row = {
  id: string
  href: string
  main: string
  sub?: string
  due: string
  status: InvoiceStatus
  /** The status in the reader’s language, with its fact. */
  word: string
  open: string
  isQuiet: boolean
}

type Props = { heads: { caption: string; invoice: string; due: string; status: string; open: string }; rows: Row[] }

/** On a phone the rows fold to name, status and amount. */
export function InvoiceRows({ heads, rows }: Props) {
  return (
    <Table caption={heads.caption}>
      <thead>
        <tr>
          <Th>{heads.invoice}</Th>
          <Th wideOnly>{heads.due}</Th>
          <Th wideOnly>{heads.status}</Th>
          <Th num>{heads.open}</Th>
        </tr>
      </thead>
      <Tbody>
        {rows.map(({ id, href, main, sub, due, status, word, open, isQuiet }) => (
          <Tr key={id} opens>
            <Td>
              <RowLink prefetch={false} href={href} className="text-brand-text!">
                {main}
              </RowLink>
              {sub !== undefined && <div className="text-sm text-text-3">{sub}</div>}
              <div className="mt-1 wide:hidden">
                <Status of="invoice" is={status}>
                  {word}
                </Status>
              </div>
            </Td>
            <Td wideOnly className="whitespace-nowrap">
              {due}
            </Td>
            <Td wideOnly>
              <Status of="invoice" is={status}>
                {word}
              </Status>
            </Td>
            <Td num className={isQuiet ? 'text-text-3' : 'font-medium'}>
              {open}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
