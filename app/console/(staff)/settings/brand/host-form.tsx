'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { setHost } from './host-acts'

export function HostForm({ host }: { host: string }) {
  const [problem, act] = useActionState(setHost, '')
  return (
    <form action={act} noValidate className="flex flex-wrap items-start gap-3">
      <TextField
        label="Name"
        name="host"
        defaultValue={host}
        placeholder="pay.example.com"
        autoComplete="off"
        spellCheck={false}
        maxLength={260}
        error={problem === '' ? undefined : problem}
        hint="A name of yours that nothing else uses"
        className="min-w-60 grow"
      />
      <SubmitButton busy="Saving" tone="plain" className="mt-6">
        {host === '' ? 'Use this name' : 'Change'}
      </SubmitButton>
    </form>
  )
}
