import type { ComponentProps } from 'react'
import { classes } from './classes'

/** The box itself, with a hit area of 40 px. Give it a label: `CheckField`, or an aria-label in a table. */
export function Tick({ className, ...input }: Omit<ComponentProps<'input'>, 'type'>) {
  return <input type="checkbox" {...input} className={classes('tick', className)} />
}
