'use client'

import { useActionState } from 'react'
import { CheckField } from '@/components/ui/check-field'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { changeWebhook } from '../acts'
import { EndpointFields } from '../endpoint-fields'

type Props = { id: string; isOn: boolean; now: { url: string; description: string; events: readonly string[] } }

/** The endpoint's address, events and switch. */
export function ChangeForm({ id, isOn, now }: Props) {
  const [state, act] = useActionState(changeWebhook, undefined)
  const refused = state !== undefined && 'problems' in state ? state : undefined
  return (
    <form action={act} noValidate className="grid gap-4">
      {state !== undefined && 'saved' in state && (
        <Notice tone="good" role="status">
          Saved. It holds from now on.
        </Notice>
      )}
      {refused?.problems.refused !== undefined && (
        <Notice tone="bad" role="alert" title="Not saved.">
          {refused.problems.refused}
        </Notice>
      )}
      <input type="hidden" name="id" value={id} />
      <CheckField key={String(isOn)} name="isOn" defaultChecked={isOn} hint="What waits is sent once it is on again.">
        Send to it
      </CheckField>
      <EndpointFields kept={refused?.kept ?? now} problems={refused?.problems ?? {}} />
      <div>
        <SubmitButton busy="Saving">Save</SubmitButton>
      </div>
    </form>
  )
}
