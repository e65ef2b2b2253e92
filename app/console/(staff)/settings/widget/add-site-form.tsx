'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { type AddState, addOrigin } from './acts'

/** One site more. What is wrong with what was typed stands beside it. */
export function AddSiteForm() {
  const [state, act] = useActionState<AddState, FormData>(addOrigin, undefined)
  return (
    <form action={act} noValidate className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_auto] wide:items-start">
      <TextField
        key={state?.typed}
        label="Add a site"
        name="origin"
        type="url"
        defaultValue={state?.typed}
        placeholder="https://www.example.com"
        hint="As the browser shows it, without what follows the name"
        error={state?.refused}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
      />
      <div className="wide:pt-6">
        <SubmitButton busy="Adding">Add site</SubmitButton>
      </div>
    </form>
  )
}
