import type { ComponentProps } from 'react'
import { classes } from '@/components/ui/classes'
import { Field } from '@/components/ui/field'
import { inputLook } from '@/components/ui/input-look'

type Props = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & {
  id: string
  label: string
  hint: string
  error: string | undefined
}

/** A paragraph that a person types. */
export function TextArea({ id, label, hint, error, ...area }: Props) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(wiring) => <textarea {...area} {...wiring} className={classes(inputLook, 'resize-y py-1.5')} />}
    </Field>
  )
}
