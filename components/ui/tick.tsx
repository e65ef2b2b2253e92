import type { ComponentProps } from 'react'
import { classes } from './classes'

/** The box itself, with a hit area of 40 px. Give it a label: `CheckField`, or an aria-label in a table. */
export function Tick({ className, ...input }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <input
      type="checkbox"
      {...input}
      className={classes(
        'relative grid size-4.5 flex-none cursor-pointer appearance-none place-items-center rounded-[5px] border-[1.5px] border-edge bg-surface',
        'after:-inset-[11px] after:absolute after:content-[""]',
        'checked:border-ink checked:bg-ink client:checked:border-brand client:checked:bg-brand',
        'checked:before:-mt-0.5 checked:before:h-[5px] checked:before:w-[9px] checked:before:-rotate-45 checked:before:border-text-on-ink checked:before:border-b-2 checked:before:border-l-2 checked:before:content-[""] client:checked:before:border-brand-on',
        'forced-colors:appearance-auto',
        className,
      )}
    />
  )
}
