'use client'

import { useActionState } from 'react'
import { CheckField } from '@/components/ui/check-field'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { ShownOnce } from '../shown-once'
import { makeKey } from './acts'

const scopes = [
  { scope: 'read', word: 'Read', hint: 'Invoices, payments, clients and webhooks' },
  { scope: 'write', word: 'Write', hint: 'Make and mail pay links, add and remove webhooks' },
  {
    scope: 'sessions',
    word: 'Checkout sessions',
    hint: 'Open the checkout for visitors of your site, and nothing else',
  },
] as const

/** Names a program, says what it may do, and shows its key once. */
export function NewKeyForm() {
  const [state, act] = useActionState(makeKey, undefined)
  const problems = state !== undefined && 'problems' in state ? state.problems : {}
  const kept = state !== undefined && 'kept' in state ? state.kept : { name: '', scopes: ['read'] }
  return (
    <form action={act} noValidate className="grid gap-4">
      {state !== undefined && 'made' in state && (
        <ShownOnce title="The key is made." label="The new secret key" secret={state.made.key} />
      )}
      {problems.refused !== undefined && (
        <Notice tone="bad" role="alert" title="No key was made.">
          {problems.refused}
        </Notice>
      )}
      <TextField
        label="Used by"
        name="name"
        maxLength={60}
        defaultValue={kept.name}
        error={problems.name}
        hint="The program that will hold it"
        autoComplete="off"
      />
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-medium text-sm">It may</legend>
        {scopes.map(({ scope, word, hint }, at) => (
          <CheckField
            key={`${scope} ${kept.scopes.includes(scope)}`}
            name="scopes"
            value={scope}
            defaultChecked={kept.scopes.includes(scope)}
            hint={hint}
            {...(at === scopes.length - 1 && problems.scopes !== undefined ? { error: problems.scopes } : {})}
          >
            {word}
          </CheckField>
        ))}
      </fieldset>
      <div>
        <SubmitButton busy="Making it">Make a key</SubmitButton>
      </div>
    </form>
  )
}
