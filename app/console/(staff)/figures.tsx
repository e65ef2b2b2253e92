import type { ReactNode } from 'react'

export type Figure = { label: string; value: ReactNode; note?: ReactNode }

/** Four figures in a row, two by two on a phone. */
export function Figures({ name, figures }: { name: string; figures: Figure[] }) {
  return (
    <section
      aria-label={name}
      className="grid grid-cols-2 overflow-clip rounded-lg border border-hairline bg-surface shadow-1 wide:grid-cols-4"
    >
      {figures.map(({ label, value, note }) => (
        <div
          key={label}
          className="min-w-0 border-hairline px-4 py-3 wide:px-5 wide:py-3.5 max-wide:nth-[even]:border-l max-wide:nth-[n+3]:border-t wide:not-first:border-l"
        >
          <p className="label">{label}</p>
          <p className="font-semibold text-[19px] tabular-nums leading-[26px] tracking-[-0.018em] wide:text-[22px] wide:leading-[30px]">
            {value}
          </p>
          {note !== undefined && <p className="text-text-3 text-xs">{note}</p>}
        </div>
      ))}
    </section>
  )
}
