'use client'

import { useActionState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { ShownOnce } from '../../shown-once'
import { rotateSecret } from '../acts'

/** How long the old secret signs beside the new one, which is then shown once. */
export function SecretForm({ id }: { id: string }) {
  const [state, act] = useActionState(rotateSecret, undefined)
  if (state !== undefined && 'secret' in state)
    return (
      <>
        <ShownOnce title="The new secret is made." label="The new signing secret" secret={state.secret} />
        <a href={`/console/settings/webhooks/${id}`} className={buttonLook('primary', 'block')}>
          Stored it
        </a>
      </>
    )
  return (
    <form action={act} className="grid gap-4">
      {state !== undefined && (
        <Notice tone="bad" role="alert">
          {state.refused}
        </Notice>
      )}
      <input type="hidden" name="id" value={id} />
      <SelectField label="The old secret signs too for" name="overlapHours" defaultValue="24">
        <option value="0">No time: it ends now</option>
        <option value="1">1 hour</option>
        <option value="24">24 hours</option>
        <option value="168">7 days</option>
      </SelectField>
      <SubmitButton size="block" busy="Making it">
        Make the new secret
      </SubmitButton>
    </form>
  )
}
