import type { ReactNode } from 'react'

export type Figure = {
  label: string
  value: ReactNode
  note?: ReactNode
  /** The same in other currencies, each a quieter line of its own: they are never added. */
  others?: { currency: string; value: ReactNode; note?: ReactNode }[]
}

/** Four figures in a row, two by two on a phone. */
export function Figures({ name, figures }: { name: string; figures: Figure[] }) {
  return (
    <section
      aria-label={name}
      className="grid grid-cols-2 overflow-clip rounded-lg border border-hairline bg-surface shadow-1 wide:grid-cols-4"
    >
      {figures.map(({ label, value, note, others = [] }) => (
        <div
          key={label}
          className="min-w-0 border-hairline px-4 py-3 wide:px-5 wide:py-3.5 max-wide:nth-[even]:border-l max-wide:nth-[n+3]:border-t wide:not-first:border-l"
        >
          <p className="label">{label}</p>
          <p className="font-semibold text-[19px] tabular-nums leading-[26px] tracking-[-0.018em] wide:text-[22px] wide:leading-[30px]">
            {value}
          </p>
          {note !== undefined && <p className="text-text-3 text-xs">{note}</p>}
          {others.map((other) => (
            <div key={other.currency} className="mt-2">
              <p className="num font-medium text-md text-text-2">{other.value}</p>
              {other.note !== undefined && <p className="text-text-3 text-xs">{other.note}</p>}
            </div>
          ))}
        </div>
      ))}
    </section>
  )
}
