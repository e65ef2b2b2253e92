'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { ContactRole } from '@/lib/access/people'
import type { InviteState } from './acts'

type Props = {
  invite: (state: InviteState, form: FormData) => Promise<InviteState>
  roles: { role: ContactRole; name: string }[]
  words: Record<'name' | 'email' | 'role' | 'button' | 'busy' | 'note' | 'refused', string> & {
    because: Record<NonNullable<InviteState>['because'], string>
  }
}

/** Who is to come in, and as what. */
export function InviteForm({ invite, roles, words }: Props) {
  const [state, act] = useActionState(invite, undefined)
  const kept = state?.kept
  return (
    <form action={act} noValidate className="grid gap-4">
      {state !== undefined && (
        <Notice tone="bad" role="alert" title={words.refused}>
          {words.because[state.because]}
        </Notice>
      )}
      <TextField label={words.name} name="name" maxLength={80} defaultValue={kept?.name} autoComplete="off" />
      <TextField
        label={words.email}
        name="email"
        type="email"
        maxLength={200}
        defaultValue={kept?.email}
        autoComplete="off"
      />
      <SelectField label={words.role} name="role" key={kept?.role} defaultValue={kept?.role ?? 'payer'}>
        {roles.map(({ role, name }) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </SelectField>
      <p className="text-sm text-text-3">{words.note}</p>
      <div>
        <SubmitButton busy={words.busy}>{words.button}</SubmitButton>
      </div>
    </form>
  )
}
