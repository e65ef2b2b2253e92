'use client'

import { type ReactNode, useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'

/** `kept` is what was typed, secrets excepted: a form that was refused is not filled in twice. */
export type ConnectState =
  | { refused?: string; fields?: Record<string, string>; kept: Record<string, string> }
  | undefined

type Props = {
  act: (before: ConnectState, form: FormData) => Promise<ConnectState>
  fields: { name: string; label: string; hint?: string; secret?: boolean; placeholder?: string }[]
  button: ReactNode
  busy: string
}

/** Credentials as the vendor gave them. What is wrong stands beside the field or, when it is the vendor's word, above. */
export function ConnectForm({ act, fields, button, busy }: Props) {
  const [state, submit] = useActionState(act, undefined)
  return (
    <form action={submit} noValidate className="grid max-w-[480px] gap-4">
      {state?.refused !== undefined && (
        <Notice tone="bad" role="alert" title="It was not connected.">
          {state.refused}
        </Notice>
      )}
      {fields.map(({ name, label, hint, secret, placeholder }) => (
        <TextField
          key={name}
          name={name}
          label={label}
          hint={hint}
          error={state?.fields?.[name]}
          type={secret === true ? 'password' : 'text'}
          defaultValue={state?.kept[name]}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
        />
      ))}
      <div>
        <SubmitButton busy={busy}>{button}</SubmitButton>
      </div>
    </form>
  )
}
