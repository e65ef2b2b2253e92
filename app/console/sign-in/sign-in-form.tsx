'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { askForLink } from './ask-for-link'

/** Works without scripts too; with them the cure for a wrong address stands beside the field. */
export function SignInForm() {
  const [state, ask] = useActionState(askForLink, undefined)
  return (
    <form action={ask} noValidate className="grid gap-4">
      <TextField
        label="Work email"
        name="email"
        type="email"
        autoComplete="email"
        required
        autoFocus
        defaultValue={state?.email}
        error={state?.error}
      />
      <SubmitButton busy="Sending" size="block">
        Mail me a link
      </SubmitButton>
    </form>
  )
}
