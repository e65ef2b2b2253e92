import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes'

type TableProps = {
  /** Read out, not shown. */
  caption?: string
  /** May be wider than its card: it scrolls inside, also with the keyboard. Needs a caption. */
  scrolls?: boolean
  /** The same, and on a phone it keeps the width its columns need. */
  wide?: boolean
  className?: string
  children: ReactNode
}

/** A real table. It belongs into a flush card. What scrolls must be reachable with the keyboard. */
export function Table({ caption, wide = false, scrolls = wide, className, children }: TableProps) {
  return (
    <section
      className="relative overflow-x-auto focus-visible:-outline-offset-2"
      {...(scrolls ? { tabIndex: 0, 'aria-label': caption } : {})}
    >
      <table
        className={classes(
          'w-full border-collapse text-sm client:text-[15px] client:leading-[22px]',
          wide && 'max-wide:min-w-[560px]',
          className,
        )}
      >
        {caption !== undefined && <caption className="sr-only">{caption}</caption>}
        {children}
      </table>
    </section>
  )
}

type CellProps = {
  /** An amount, a count, a date: right-aligned, digits of one width. */
  num?: boolean
  /** Folded away below 860 px. */
  wideOnly?: boolean
}

export function Th({ num = false, wideOnly = false, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={classes('cell cell-head', num && 'text-right', wideOnly && 'max-wide:hidden', className)}
    />
  )
}

export function Td({ num = false, wideOnly = false, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return <td {...rest} className={classes('cell', num && 'num text-right', wideOnly && 'max-wide:hidden', className)} />
}

/** A body whose last row leaves its line to the card's edge. */
export function Tbody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody {...rest} className={classes('rows', className)} />
}

/**
 * A row. With `opens`, the link in its first cell (see RowLink) covers the whole of it.
 */
export function Tr({ opens = false, className, ...rest }: ComponentProps<'tr'> & { opens?: boolean }) {
  return <tr {...rest} className={classes(opens && 'row-opens', className)} />
}

/** The row under a stronger line that adds up what stands above. */
export function SumRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...rest}
      className={classes('font-semibold [&>td]:border-hairline-strong [&>td]:border-t [&>td]:border-b-0', className)}
    />
  )
}
