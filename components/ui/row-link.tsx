import Link from 'next/link'
import type { ComponentProps } from 'react'
import { classes } from './classes'

/** The first cell's link in a row that opens: its hit area is the row. What else can be pressed in the row stands above it. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link data-row-link {...rest} className={classes('row-link', className)} />
}
