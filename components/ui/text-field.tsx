import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes'
import { Field } from './field'
import { inputLook } from './input-look'

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  id?: string
  className?: string
}

export function TextField({ label, hint, error, id, className, ...input }: Props) {
  return (
    <Field label={label} hint={hint} error={error} className={className ?? ''} {...(id === undefined ? {} : { id })}>
      {(wiring) => (
        <input
          {...input}
          {...wiring}
          className={classes(inputLook, input.inputMode === 'decimal' && 'text-right tabular-nums')}
        />
      )}
    </Field>
  )
}
