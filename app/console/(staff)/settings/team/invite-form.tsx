'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { invite } from './acts'
import { roleWords } from './roles'

/** Who is to come in, and as what. */
export function InviteForm() {
  const [state, act] = useActionState(invite, undefined)
  const kept = state?.kept
  return (
    <form action={act} noValidate className="grid gap-4">
      {state !== undefined && (
        <Notice tone="bad" role="alert" title="Nobody was invited.">
          {state.problem}
        </Notice>
      )}
      <TextField label="Name" name="name" maxLength={80} defaultValue={kept?.name} autoComplete="off" />
      <TextField
        label="Work email"
        name="email"
        type="email"
        maxLength={200}
        defaultValue={kept?.email}
        autoComplete="off"
      />
      <SelectField label="Role" name="role" key={kept?.role} defaultValue={kept?.role ?? 'finance'}>
        {Object.entries(roleWords).map(([role, { name }]) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </SelectField>
      <div>
        <SubmitButton busy="Inviting">Invite</SubmitButton>
      </div>
    </form>
  )
}
