import type { ReactNode } from 'react'

export type SumRow = {
  key: string
  label: ReactNode
  /** The amount, written out. */
  text: string
  /** `total` adds up what stands above, under a stronger line. */
  weight: 'plain' | 'quiet' | 'total'
}

/** Figures that add up by eye. */
export function SumRows({ sums, className = '' }: { sums: SumRow[]; className?: string }) {
  return (
    <dl className={`grid gap-2 tabular-nums ${className}`}>
      {sums.map(({ key, label, text, weight }) => (
        <div
          key={key}
          className={
            weight === 'total'
              ? 'mt-0.5 flex justify-between gap-6 border-hairline-strong border-t pt-2.5 font-semibold text-text'
              : 'flex justify-between gap-6'
          }
        >
          <dt className={weight === 'quiet' ? 'text-text-2' : ''}>{label}</dt>
          <dd className="num">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
