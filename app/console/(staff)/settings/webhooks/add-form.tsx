'use client'

import Link from 'next/link'
import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { ShownOnce } from '../shown-once'
import { addWebhook } from './acts'
import { EndpointFields } from './endpoint-fields'

const nothing = { url: '', description: '', events: [] }

/** A new endpoint; its secret is shown once. */
export function AddForm() {
  const [state, act] = useActionState(addWebhook, undefined)
  if (state !== undefined && 'made' in state)
    return (
      <div className="grid gap-4">
        <ShownOnce title="The endpoint is added." label="The signing secret" secret={state.made.secret} />
        <p className="prose-links text-sm">
          <Link href={`/console/settings/webhooks/${state.made.id}`}>Open it to send a ping</Link>
        </p>
      </div>
    )
  return (
    <form action={act} noValidate className="grid gap-4">
      {state?.problems.refused !== undefined && (
        <Notice tone="bad" role="alert" title="It was not added.">
          {state.problems.refused}
        </Notice>
      )}
      <EndpointFields kept={state?.kept ?? nothing} problems={state?.problems ?? {}} />
      <div>
        <SubmitButton busy="Adding it">Add the endpoint</SubmitButton>
      </div>
    </form>
  )
}
