'use client'

import { type FormEvent, useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { TextField } from '@/components/ui/text-field'
import type { Go, VerifyWords } from './checkout'
import { sayStatus } from './payment-status'
import { proofOf, type VerifyProof } from './proof-of'

/** What the bank statement shows: a code, or the two amounts. Whichever came, one of them is enough. */
export function VerifyForm({
  words,
  verify,
  go,
}: {
  words: VerifyWords
  verify: (proof: VerifyProof) => Promise<boolean>
  go: Go
}) {
  const [error, setError] = useState<string>()
  const [isSending, setSending] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isSending) return
    const proof = proofOf(new FormData(event.currentTarget))
    if (proof === undefined) {
      setError(words.codeWrong)
      return document.getElementById('verify-code')?.focus()
    }
    setSending(true)
    setError(undefined)
    sayStatus(words.sending)
    const isRight = await verify(proof).catch(() => false)
    setSending(false)
    sayStatus(undefined)
    if (isRight) go.reload()
    else setError(words.failed)
  }

  return (
    <form className="grid gap-4" noValidate onSubmit={(event) => void submit(event)}>
      <TextField id="verify-code" name="code" label={words.code} error={error} maxLength={6} autoComplete="off" />
      <fieldset className="grid gap-2">
        <legend className="pb-2 text-sm text-text-2">{words.amounts}</legend>
        <div className="grid grid-cols-2 gap-4">
          <TextField name="first" label={words.first} inputMode="numeric" maxLength={2} autoComplete="off" />
          <TextField name="second" label={words.second} inputMode="numeric" maxLength={2} autoComplete="off" />
        </div>
      </fieldset>
      <button type="submit" aria-disabled={isSending} className={buttonLook('primary', 'block')}>
        {isSending ? words.sending : words.button}
      </button>
    </form>
  )
}
