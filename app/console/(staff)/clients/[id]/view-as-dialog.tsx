'use client'

import { useActionState, useEffect } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { viewAsClient } from './view-as'

/** Asks why before it shows what a client sees. */
export function ViewAsDialog({ id, clientName }: { id: string; clientName: string }) {
  const [state, act] = useActionState(viewAsClient, undefined)
  const { problem, opens } = { problem: undefined, opens: undefined, ...state }
  useEffect(() => {
    if (opens !== undefined) location.assign(opens)
  }, [opens])
  return (
    <ConfirmDialog opener="View as client" title={`The portal of ${clientName}`}>
      <form action={act} noValidate className="grid gap-4 text-sm">
        <input type="hidden" name="id" value={id} />
        <p>
          You see what {clientName} sees, for half an hour at most, and can do nothing there. Who looked, when and why
          stands in the audit trail.
        </p>
        <TextField
          label="Why"
          name="reason"
          maxLength={200}
          autoComplete="off"
          {...(problem === undefined ? {} : { error: problem })}
        />
        <SubmitButton size="block" busy="Opening the portal">
          View as {clientName}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
