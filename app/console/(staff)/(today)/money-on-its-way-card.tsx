import { Card } from '@/components/ui/card'
import { classes } from '@/components/ui/classes'
import { Empty } from '@/components/ui/empty'
import type { MoneyOnItsWay } from '@/lib/reports/money-on-its-way'
import { cash, short } from '../cash'
import { onDayInFull, weekdayAndDay } from '../when'

/** The tallest bar, in pixels. */
const barMax = 72

/** Bank debits by the day they clear at the latest: a picture, its data as text, and a table behind it. */
export function MoneyOnItsWayCard({ way, title }: { way: MoneyOnItsWay; title: string }) {
  const { total, days, late } = way
  const highest = days.reduce((most, { amount }) => (amount.minor > most ? amount.minor : most), 0n)
  const closed = days.filter(({ open }) => !open)
  return (
    <Card
      title={title}
      aside={<span className="num font-medium">{cash(total)}</span>}
      flush={total.minor === 0n}
      {...footOf(
        closed.map(({ on }) => on),
        late.minor > 0n ? cash(late) : undefined,
      )}
    >
      {total.minor === 0n ? (
        <Empty title="Nothing is on its way">A bank debit shows here from the moment it is sent until it clears.</Empty>
      ) : (
        <>
          <div
            role="img"
            aria-label={`Clears at the latest: ${days
              .map(({ on, amount, open }) => `${weekdayAndDay(on).join(' ')} ${open ? cash(amount) : 'bank holiday'}`)
              .join(', ')}`}
            className="grid auto-cols-fr grid-flow-col items-end gap-2.5 text-center text-xs"
          >
            {days.map(({ on, amount, open }) => {
              const [weekday, day] = weekdayAndDay(on)
              return (
                <div key={on} className="grid gap-1.5">
                  <span className="num h-4 text-text-2">{amount.minor > 0n && short(amount)}</span>
                  <div
                    className={classes(
                      'min-h-0.5 rounded-t-[3px]',
                      open
                        ? amount.minor > 0n
                          ? 'bg-move-solid'
                          : 'bg-hairline-strong'
                        : 'rounded-[3px] bg-[repeating-linear-gradient(135deg,var(--hairline-strong)_0_2px,transparent_2px_6px)]',
                    )}
                    style={{ height: open ? Number((amount.minor * BigInt(barMax)) / (highest || 1n)) : 10 }}
                  />
                  <span className="text-text-3">
                    {weekday}
                    <br />
                    <b className="font-medium text-text">{day}</b>
                  </span>
                </div>
              )
            })}
          </div>
          <details className="mt-3 text-sm">
            <summary className="text-link">As a table</summary>
            <table className="mt-2 w-full">
              <thead className="sr-only">
                <tr>
                  <th scope="col">Clears by</th>
                  <th scope="col">Amount</th>
                </tr>
              </thead>
              <tbody>
                {days
                  .filter(({ amount }) => amount.minor > 0n)
                  .map(({ on, amount }) => (
                    <tr key={on}>
                      <td className="py-1 text-text-2">{onDayInFull(on)}</td>
                      <td className="num py-1 text-right">{cash(amount)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </Card>
  )
}

function footOf(closed: string[], late: string | undefined): { foot?: string } {
  const [holiday] = closed
  const said = [
    ...(holiday === undefined ? [] : [`${weekdayAndDay(holiday).join(' ')} is a bank holiday. Nothing clears.`]),
    ...(late === undefined ? [] : [`${late} should have cleared by now; we ask every day.`]),
  ]
  return said.length === 0 ? {} : { foot: said.join(' ') }
}
