'use client'

import { useActionState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextArea } from '../text-area'
import { decline } from './decline'

/** Asks why somebody's wish is not carried out. */
export function DeclineDialog({ contactId, name }: { contactId: string; name: string }) {
  const [state, act] = useActionState(decline, undefined)
  return (
    <ConfirmDialog opener="Decline" title={`Decline the request of ${name}`} cancel="Leave it open">
      <form action={act} noValidate className="grid gap-4 text-sm">
        <input type="hidden" name="id" value={contactId} />
        <TextArea
          id="decline-reason"
          label="Why"
          name="reason"
          rows={4}
          maxLength={1_000}
          key={state?.kept}
          defaultValue={state?.kept}
          hint="They are mailed these words, and read them on their page. In their language, please."
          error={state?.problem}
        />
        <p className="text-text-2">They keep their access, and may ask again.</p>
        <SubmitButton busy="Declining">Decline and tell them</SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
