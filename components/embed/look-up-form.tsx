import { type FormEvent, useState } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import type { Server } from './ask-server'
import type { FrameFacts } from './frame'

type Props = { facts: FrameFacts; server: Server; onFound: (token: string) => void }

/** Finds an invoice by what is printed on it. */
export function LookUpForm({ facts, server, onFound }: Props) {
  const { words } = facts
  const [refusal, setRefusal] = useState<string>()
  const [missing, setMissing] = useState<'number' | 'amount'>()
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => String(form.get(name) ?? '').trim()
    const asked = { number: typed('number'), amount: typed('amount'), postalCode: typed('postalCode') }
    const lacks = asked.number === '' ? 'number' : asked.amount + asked.postalCode === '' ? 'amount' : undefined
    setMissing(lacks)
    setRefusal(undefined)
    if (lacks !== undefined) return document.getElementById(lacks)?.focus()
    setBusy(true)
    const answer = await server.lookUp(asked).catch(() => ({ ok: false as const, text: words.lostText }))
    setBusy(false)
    if (answer.ok) onFound(answer.token)
    else setRefusal(answer.text)
  }

  return (
    <form noValidate aria-busy={isBusy} onSubmit={(event) => void submit(event)} className="grid gap-5 p-4.5 wide:p-6">
      <div className="grid gap-1">
        <h1 className="h2">{words.lookUpTitle}</h1>
        <p className="text-sm text-text-2">{words.lookUpText}</p>
      </div>
      {refusal !== undefined && (
        <Notice tone="bad" role="alert">
          {refusal}
        </Notice>
      )}
      <TextField
        id="number"
        name="number"
        label={words.number}
        defaultValue={facts.invoice}
        autoComplete="off"
        maxLength={60}
        error={missing === 'number' ? words.numberMissing : undefined}
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          id="amount"
          name="amount"
          label={words.amount}
          hint={words.amountHint}
          autoComplete="off"
          maxLength={40}
          error={missing === 'amount' ? words.proofMissing : undefined}
        />
        <TextField
          name="postalCode"
          label={words.postalCode}
          hint={words.postalCodeHint}
          autoComplete="postal-code"
          maxLength={20}
        />
      </div>
      <button type="submit" aria-disabled={isBusy} className={buttonLook('primary', 'block')}>
        {isBusy ? words.finding : words.find}
      </button>
    </form>
  )
}
