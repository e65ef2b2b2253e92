'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

type Props = {
  ask: () => Promise<PublicKeyCredentialRequestOptionsJSON | undefined>
  show: (response: unknown) => Promise<'unknown'>
  words: { button: string; problem: string }
}

/** For whoever has saved a passkey here; everybody else takes the mail. */
export function PasskeyButton({ ask, show, words }: Props) {
  const [hasProblem, setProblem] = useState(false)
  const [isBusy, start] = useTransition()
  const use = () =>
    start(async () => {
      setProblem(false)
      const optionsJSON = await ask()
      const response =
        optionsJSON === undefined ? undefined : await startAuthentication({ optionsJSON }).catch(() => undefined)
      if (response !== undefined) await show(response)
      setProblem(true)
    })
  return (
    <div className="grid gap-3">
      {hasProblem && (
        <Notice tone="bad" role="alert">
          {words.problem}
        </Notice>
      )}
      <Button size="block" aria-disabled={isBusy} onClick={isBusy ? undefined : use}>
        {words.button}
      </Button>
    </div>
  )
}
