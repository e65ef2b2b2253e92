import Link from 'next/link'
import type { ComponentProps } from 'react'
import { classes } from './classes'

/** The first cell's link in a row that opens: its hit area is the row. What else can be pressed in the row stands above it. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link
      {...rest}
      className={classes(
        'font-medium text-text no-underline after:absolute after:inset-0 after:content-[""] hover:no-underline focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2',
        className,
      )}
    />
  )
}
