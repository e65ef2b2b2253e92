'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { AskState } from './ask-for-link'

type Props = {
  ask: (state: AskState, form: FormData) => Promise<AskState>
  /** What the field holds at first. */
  email: string | undefined
  words: { email: string; button: string; sending: string; problems: Record<Exclude<AskState, 'idle'>, string> }
}

export function AskForm({ ask, email, words }: Props) {
  const [state, act] = useActionState(ask, 'idle')
  return (
    <form action={act} noValidate className="grid gap-5">
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={email}
        error={state === 'idle' ? undefined : words.problems[state]}
      />
      <SubmitButton size="block" busy={words.sending}>
        {words.button}
      </SubmitButton>
    </form>
  )
}
