import { Circle, Clock, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Tick } from '@/components/ui/tick'
import type { InvoiceFact } from './frame'

const looks = {
  overdue: { tone: 'bad', icon: TriangleAlert },
  due_soon: { tone: 'warn', icon: Clock },
  open: { tone: 'gray', icon: Circle },
} as const

type Props = { legend: string; rows: InvoiceFact[]; onPick: (picked: string[]) => void }

/** The invoices this payment is for. With more than one, each can be left out; the whole row is the target. */
export function InvoiceRows({ legend, rows, onPick }: Props) {
  const picked = rows.filter(({ isPicked }) => isPicked).map(({ id }) => id)
  const turn = (id: string, isOn: boolean) => onPick(isOn ? [...picked, id] : picked.filter((one) => one !== id))
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      {rows.map((row) => (
        <div
          key={row.id}
          className="relative flex items-center gap-3.5 border-hairline border-t px-4.5 py-3.5 wide:px-6"
        >
          {rows.length > 1 && (
            <Tick id={row.id} checked={row.isPicked} onChange={(event) => turn(row.id, event.currentTarget.checked)} />
          )}
          <Words row={row} />
          <span className="num font-medium">{row.amount}</span>
        </div>
      ))}
    </fieldset>
  )
}

/** The label reaches over the whole row. */
function Words({ row: { id, title, number, badge } }: { row: InvoiceFact }) {
  return (
    <div className="grid min-w-0 grow gap-0.5">
      <label htmlFor={id} className="cursor-pointer font-medium after:absolute after:inset-0 after:content-['']">
        {title}
      </label>
      <span className="flex flex-wrap items-center gap-x-2 text-sm text-text-3">
        <Badge {...looks[badge.is]}>{badge.text}</Badge>
        {number}
      </span>
    </div>
  )
}
