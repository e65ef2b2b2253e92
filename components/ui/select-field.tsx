import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes'
import { Field } from './field'
import { inputLook } from './input-look'

type Props = Omit<ComponentProps<'select'>, 'id' | 'className'> & {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  id?: string
  className?: string
}

/** The browser's own list: keyboard, search by typing and the phone's wheel come with it. */
export function SelectField({ label, hint, error, id, className, children, ...select }: Props) {
  return (
    <Field label={label} hint={hint} error={error} className={className ?? ''} {...(id === undefined ? {} : { id })}>
      {(wiring) => (
        <span className="relative block">
          <select {...select} {...wiring} className={classes(inputLook, 'appearance-none pr-8')}>
            {children}
          </select>
          <ChevronDown
            aria-hidden
            size={16}
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 text-text-3"
          />
        </span>
      )}
    </Field>
  )
}
