'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonSize, type ButtonTone, buttonLook } from './button-look'

type Props = {
  children: ReactNode
  /** Said while the form is on its way: “Sending”. */
  busy: string
  tone?: ButtonTone
  size?: ButtonSize
  className?: string
  name?: string
  value?: string
  /** Where this button leads, when the form's own way is another's. */
  formAction?: (form: FormData) => void | Promise<void>
}

/** The button of a form. It is never disabled; while the form is on its way a second press does nothing. */
export function SubmitButton({ children, busy, tone = 'primary', size, className, name, value, formAction }: Props) {
  const { pending } = useFormStatus()
  return (
    <button
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      aria-disabled={pending}
      onClick={(event) => {
        if (pending) event.preventDefault()
      }}
      className={buttonLook(tone, size, className)}
    >
      <span aria-live="polite">{pending ? busy : children}</span>
    </button>
  )
}
