'use client'

import { startRegistration } from '@simplewebauthn/browser'
import { KeyRound, Smartphone } from 'lucide-react'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import type { AddedFactor } from '@/lib/access/code-app'
import { type BegunApp, beginApp, beginKey, keepApp, keepKey } from './enrol'
import { RecoveryCodes } from './recovery-codes'

type State =
  | { is: 'choice'; problem?: string }
  | { is: 'app'; begun: BegunApp; problem?: string }
  | { is: 'done'; codes: string[] }

/** A passkey, or an app that shows digits. @param onward where it goes on once the recovery codes are stored; absent: into the console */
export function AddFactor({ onward }: { onward?: string }) {
  const [state, setState] = useState<State>({ is: 'choice' })
  const [isBusy, start] = useTransition()
  const take = (answer: AddedFactor, wrong: State) =>
    setState(answer.ok ? { is: 'done', codes: answer.recoveryCodes } : wrong)
  const addKey = () =>
    start(async () => {
      const optionsJSON = await beginKey()
      const response = await startRegistration({ optionsJSON }).catch(() => undefined)
      const wrong: State = { is: 'choice', problem: 'No passkey was made. Try again, or use an app.' }
      if (response === undefined) setState(wrong)
      else take(await keepKey(response, nameOfDevice()), wrong)
    })
  const addApp = () => start(async () => setState({ is: 'app', begun: await beginApp() }))
  if (state.is === 'done') return <RecoveryCodes codes={state.codes} onward={onward} />
  if (state.is === 'app')
    return (
      <AppForm
        begun={state.begun}
        problem={state.problem}
        isBusy={isBusy}
        take={(code) =>
          start(async () => {
            const problem = 'Those are not the digits of this moment. Type the ones the app shows now.'
            take(await keepApp(code), { ...state, problem })
          })
        }
      />
    )
  return (
    <div className="grid gap-3">
      {state.problem !== undefined && (
        <Notice tone="bad" role="alert">
          {state.problem}
        </Notice>
      )}
      <Button tone="primary" size="block" aria-disabled={isBusy} onClick={isBusy ? undefined : addKey}>
        <KeyRound aria-hidden size={16} />
        Add a passkey
      </Button>
      <p className="text-sm text-text-3">
        Your fingerprint, face or PIN, kept by this device or your password manager.
      </p>
      <Button size="block" aria-disabled={isBusy} onClick={isBusy ? undefined : addApp}>
        <Smartphone aria-hidden size={16} />
        Use an app that shows digits
      </Button>
    </div>
  )
}

type AppFormProps = { begun: BegunApp; problem: string | undefined; isBusy: boolean; take: (code: string) => void }

function AppForm({ begun: { secret, path, size }, problem, isBusy, take }: AppFormProps) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isBusy) take(String(new FormData(event.currentTarget).get('code') ?? ''))
  }
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      <p className="text-sm text-text-2">Point the app at this picture, or type the letters into it.</p>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="The secret for the app, as a picture"
        className="w-48 justify-self-center rounded-sm bg-white"
      >
        <path d={path} fill="#000" />
      </svg>
      <TextField label="As letters" value={secret.match(/.{1,4}/g)?.join(' ') ?? secret} readOnly />
      <TextField
        label="Six digits that the app shows"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        error={problem}
      />
      <button type="submit" aria-disabled={isBusy} className={buttonLook('primary', 'block')}>
        Add the app
      </button>
    </form>
  )
}

/** So that the owner of several recognises it. */
function nameOfDevice(): string {
  const system = /iPhone|iPad|Android|Windows|Mac|CrOS|Linux/.exec(navigator.userAgent)?.[0]
  return system === undefined ? 'Passkey' : `Passkey on ${system}`
}
