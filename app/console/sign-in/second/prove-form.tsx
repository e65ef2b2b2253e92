'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { useActionState, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { askPasskey, showCode, showPasskey } from './acts'

type Props = { hasPasskey: boolean; to: string }

/** The passkey where there is one; digits or a recovery code always, for whoever has lost it. */
export function ProveForm({ hasPasskey, to }: Props) {
  const [problem, act] = useActionState(showCode, undefined)
  return (
    <div className="grid gap-4">
      {hasPasskey && <PasskeyButton to={to} />}
      <form action={act} noValidate className="grid gap-4">
        <input type="hidden" name="to" value={to} />
        <TextField
          label="Six digits, or a recovery code"
          name="code"
          autoComplete="one-time-code"
          autoFocus={!hasPasskey}
          maxLength={40}
          error={problem}
          hint="From the app on your phone"
        />
        <SubmitButton tone={hasPasskey ? 'plain' : 'primary'} size="block" busy="Checking">
          Continue
        </SubmitButton>
      </form>
    </div>
  )
}

function PasskeyButton({ to }: { to: string }) {
  const [problem, setProblem] = useState<string>()
  const [isBusy, start] = useTransition()
  const use = () =>
    start(async () => {
      setProblem(undefined)
      const optionsJSON = await askPasskey()
      const response = await startAuthentication({ optionsJSON }).catch(() => undefined)
      setProblem(response === undefined ? 'The passkey was not used. Try again.' : await showPasskey(response, to))
    })
  return (
    <>
      {problem !== undefined && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Button tone="primary" size="block" aria-disabled={isBusy} onClick={isBusy ? undefined : use}>
        Use your passkey
      </Button>
    </>
  )
}
