'use client'

import { startRegistration } from '@simplewebauthn/browser'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

type Props = {
  begin: () => Promise<PublicKeyCredentialCreationOptionsJSON>
  keep: (response: unknown, name: string) => Promise<boolean>
  /** What it is called in the list. */
  name: string
  words: { button: string; problem: string }
}

export function AddPasskey({ begin, keep, name, words }: Props) {
  const [hasProblem, setProblem] = useState(false)
  const [isBusy, start] = useTransition()
  const add = () =>
    start(async () => {
      setProblem(false)
      const optionsJSON = await begin()
      const response = await startRegistration({ optionsJSON }).catch(() => undefined)
      setProblem(response === undefined || !(await keep(response, name)))
    })
  return (
    <div className="grid justify-items-start gap-3">
      {hasProblem && (
        <Notice tone="bad" role="alert">
          {words.problem}
        </Notice>
      )}
      <Button aria-disabled={isBusy} onClick={isBusy ? undefined : add}>
        {words.button}
      </Button>
    </div>
  )
}
