'use client'

import { useState } from 'react'
import { MarkedStatus, StatusMarks } from '@/components/ui/marked-status'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Th } from '@/components/ui/table'
import { Tick } from '@/components/ui/tick'
import type { InvoiceStatus } from '@/lib/billing/invoice'
import { PickBar, type PickWords } from './pick-bar'
import { type PayableRow, pickedSum } from './picked-sum'

type Row = PayableRow & {
  /** By which it is chosen, where it can be paid. */
  number?: string
  main: string
  sub?: string
  due: string
  status: InvoiceStatus
  /** The status in the reader’s language, with its fact. */
  word: string
  open: string
  /** Nothing is owed any more, or it is on its way. */
  isQuiet?: true
}

type Props = {
  heads: { caption: string; invoice: string; due: string; status: string; open: string }
  rows: Row[]
  /** Where a row leads, with `{id}` for which. */
  href: string
  /** Where rows can be chosen to be paid. */
  pick?: PickWords & { label: string; href: string; lang: string | undefined }
}

/** On a phone the rows fold to name, status and amount. */
export function InvoiceRows({ heads, rows, href, pick }: Props) {
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
        {rows.map(({ id, number = '', main, sub, due, status, word, open, isQuiet, payable }) => {
          const state = (
            <MarkedStatus of="invoice" is={status}>
              {word}
            </MarkedStatus>
          )
          return (
            <tr key={id} className="row-opens">
              {pick !== undefined && (
                <td className="cell cell-pick">
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
                </td>
              )}
              <td className="cell">
                <RowLink prefetch={false} href={href.replace('{id}', id)}>
                  {main}
                </RowLink>
                {sub !== undefined && <div className="row-sub">{sub}</div>}
                <div className="row-narrow">{state}</div>
              </td>
              <td className="cell cell-wide">{due}</td>
              <td className="cell cell-wide">{state}</td>
              <td className={isQuiet ? 'cell cell-sum cell-sum-quiet' : 'cell cell-sum'}>{open}</td>
            </tr>
          )
        })}
      </Tbody>
    </Table>
  )
  const marks = <StatusMarks of="invoice" those={rows.map(({ status }) => status)} />
  if (pick === undefined)
    return (
      <>
        {marks}
        {table}
      </>
    )
  return (
    <form method="get" action={pick.href}>
      {pick.lang !== undefined && <input type="hidden" name="lang" value={pick.lang} />}
      {marks}
      {table}
      <PickBar words={pick} count={picked.length} total={total} />
    </form>
  )
}
