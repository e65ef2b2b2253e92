'use client'

import { useState } from 'react'
import { RowLink } from '@/components/ui/row-link'
import { Status } from '@/components/ui/status'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { Tick } from '@/components/ui/tick'
import type { InvoiceStatus } from '@/lib/billing/invoice'
import { PickBar, type PickWords } from './pick-bar'
import { type PayableRow, pickedSum } from './picked-sum'

type Row = PayableRow & {
  href: string
  number: string
  main: string
  sub?: string
  due: string
  status: InvoiceStatus
  /** The status in the reader’s language, with its fact. */
  word: string
  open: string
  isQuiet: boolean
}

type Props = {
  heads: { caption: string; invoice: string; due: string; status: string; open: string }
  rows: Row[]
  /** Where rows can be chosen to be paid. */
  pick?: PickWords & { label: string; href: string; lang: string | undefined }
}

/** On a phone the rows fold to name, status and amount. */
export function InvoiceRows({ heads, rows, pick }: Props) {
  const [picked, setPicked] = useState<readonly string[]>([])
  const total = pickedSum(rows, picked, pick?.currency ?? '')
  const table = (
    <Table caption={heads.caption}>
      <thead>
        <tr>
          {pick !== undefined && <Th className="w-8" />}
          <Th>{heads.invoice}</Th>
          <Th wideOnly>{heads.due}</Th>
          <Th wideOnly>{heads.status}</Th>
          <Th num>{heads.open}</Th>
        </tr>
      </thead>
      <Tbody>
        {rows.map(({ id, href, number, main, sub, due, status, word, open, isQuiet, payable }) => (
          <Tr key={id} opens>
            {pick !== undefined && (
              <Td className="relative z-1 align-top">
                {payable !== undefined && (
                  <Tick
                    name="invoice"
                    value={id}
                    aria-label={pick.label.replace('{number}', number)}
                    checked={picked.includes(id)}
                    disabled={picked.length > 0 && payable.currency !== total.currency}
                    onChange={() =>
                      setPicked((before) =>
                        before.includes(id) ? before.filter((one) => one !== id) : [...before, id],
                      )
                    }
                    className="mt-0.5 disabled:cursor-default disabled:opacity-40"
                  />
                )}
              </Td>
            )}
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
  if (pick === undefined) return table
  return (
    <form method="get" action={pick.href}>
      {pick.lang !== undefined && <input type="hidden" name="lang" value={pick.lang} />}
      {table}
      <PickBar words={pick} count={picked.length} total={total} />
    </form>
  )
}
