'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { Retention } from '@/lib/tenancy/retention'
import { saveRetention } from './acts'
import { retentionNames, retentionWords } from './retention-names'

/** How long each kind is kept. What the next night takes away does not come back. */
export function RetentionForm({ retention, canChange }: { retention: Retention; canChange: boolean }) {
  const [state, act] = useActionState(saveRetention, undefined)
  return (
    <form action={act} noValidate>
      <fieldset disabled={!canChange} className="grid gap-4">
        {state !== undefined && (
          <Notice tone="bad" role="alert" title="Not saved.">
            What is wrong stands below.
          </Notice>
        )}
        {retentionNames.map((name) => (
          <TextField
            key={name}
            {...retentionWords[name]}
            name={name}
            inputMode="numeric"
            maxLength={4}
            defaultValue={state?.kept[name] ?? String(retention[name])}
            error={state?.problems[name]}
            autoComplete="off"
            className="max-w-[420px]"
          />
        ))}
        {canChange ? (
          <div>
            <SubmitButton busy="Saving">Save</SubmitButton>
          </div>
        ) : (
          <p className="text-sm text-text-3">An owner decides this.</p>
        )}
      </fieldset>
    </form>
  )
}
