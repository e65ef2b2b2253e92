'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { checkNow } from './check-now'

export function CheckForm({ selector, isFirst }: { selector: string; isFirst: boolean }) {
  const [refused, act] = useActionState(checkNow, undefined)
  return (
    <form action={act} noValidate className="flex flex-wrap items-start gap-3 p-4 wide:p-5">
      <TextField
        label="DKIM selector"
        name="selector"
        defaultValue={refused?.typed ?? selector}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        error={refused?.problem}
        hint="Where your mail server keeps its key. Empty: we look where keys usually stand"
        className="min-w-60 grow"
      />
      <SubmitButton busy="Asking" tone="plain" className="mt-6">
        {isFirst ? 'Check now' : 'Check again'}
      </SubmitButton>
    </form>
  )
}
