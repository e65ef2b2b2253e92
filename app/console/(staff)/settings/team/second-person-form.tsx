'use client'

import { useActionState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { setSecondPerson } from './acts'

/** @param amount as it stands, like 1000.00; empty where one person is enough */
export function SecondPersonForm({ amount, currency }: { amount: string; currency: string }) {
  const [state, act] = useActionState(setSecondPerson, undefined)
  return (
    <form action={act} noValidate className="grid gap-4">
      <TextField
        label={`Refunds above this amount, in ${currency}`}
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        key={state?.kept}
        defaultValue={state?.kept ?? amount}
        hint="0 means every refund; empty, none"
        {...(state === undefined ? {} : { error: state.problem })}
      />
      <div>
        <SubmitButton busy="Saving">Save</SubmitButton>
      </div>
    </form>
  )
}
