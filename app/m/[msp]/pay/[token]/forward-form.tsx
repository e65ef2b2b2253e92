'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { ForwardState } from './forward'

type Words = {
  summary: string
  text: string
  email: string
  button: string
  busy: string
  problem: Record<'address' | 'too-many' | 'not-open', string>
}

/** For the wrong person: one field, folded away. Once it is sent, this page is no longer theirs, and says so itself. */
export function ForwardForm({
  act,
  words,
}: {
  act: (before: ForwardState, form: FormData) => Promise<ForwardState>
  words: Words
}) {
  const [state, send] = useActionState(act, { is: 'idle' })
  if (state.is === 'sent')
    return (
      <Notice tone="good" role="status" title={state.title}>
        {state.text}
      </Notice>
    )
  const problem = state.is === 'problem' ? words.problem[state.because] : undefined
  return (
    <details open={problem === undefined ? undefined : true}>
      <summary className="inline-block py-0.5 font-medium text-brand-text text-sm hover:underline">
        {words.summary}
      </summary>
      <form action={send} noValidate className="grid gap-4 pt-3">
        <p className="text-sm text-text-2">{words.text}</p>
        <TextField
          label={words.email}
          name="email"
          type="email"
          autoComplete="off"
          defaultValue={state.is === 'problem' ? state.email : ''}
          error={problem}
        />
        <SubmitButton tone="plain" busy={words.busy}>
          {words.button}
        </SubmitButton>
      </form>
    </details>
  )
}
