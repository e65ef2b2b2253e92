'use client'

import type { ReactNode } from 'react'
import { classes } from '@/components/ui/classes'

type ChoiceProps<Value extends string> = {
  label: string
  options: { value: Value; name: ReactNode; spoken?: string }[]
  chosen: Value
  choose: (value: Value) => void
}

/** One of a few, as buttons side by side. */
export function Choice<Value extends string>({ label, options, chosen, choose }: ChoiceProps<Value>) {
  return (
    <fieldset className="flex min-w-0 gap-0.5 overflow-x-auto rounded-md border border-hairline bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map(({ value, name, spoken }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          aria-label={spoken}
          onClick={() => choose(value)}
          className={classes(
            'min-h-7 rounded-sm px-2.5 text-text-2 text-xs max-wide:min-h-9',
            value === chosen && 'bg-surface font-medium text-text shadow-1',
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
