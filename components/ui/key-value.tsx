import { Fragment, type ReactNode } from 'react'
import { classes } from './classes'

type Props = {
  items: { key: string; label: ReactNode; value: ReactNode }[]
  /** Figures stand right, words stand left. */
  align?: 'left' | 'right'
}

/** Facts with their names. */
export function KeyValue({ items, align = 'right' }: Props) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm client:text-[15px]">
      {items.map(({ key, label, value }) => (
        <Fragment key={key}>
          <dt className="text-text-3">{label}</dt>
          <dd className={classes('min-w-0 tabular-nums', align === 'right' && 'text-right')}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
