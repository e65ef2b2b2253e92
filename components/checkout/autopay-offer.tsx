'use client'

import { Repeat } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CheckField } from '@/components/ui/check-field'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { readAmount } from '@/lib/money/read-amount'
import type { AutopayFacts, AutopaySource, CheckoutActions } from './checkout'
import { fill } from './fill'
import { sayStatus } from './payment-status'

type Props = {
  facts: Extract<AutopayFacts, { is: 'offered' }>
  source: AutopaySource
  start: NonNullable<CheckoutActions['startAutopay']>
  /** Shows that it is on. */
  done: () => void
}

/** The invoices to come, by themselves: the question, the authorization in full as it will be kept, and one press. */
export function AutopayOffer({ facts, source, start, done }: Props) {
  const { currency, locale, words, shownOn, short } = facts
  const [isShort, setShort] = useState(false)
  const { version, consent, notice } = isShort && short !== undefined ? short : facts
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const capMinor = typed.trim() === '' ? undefined : readAmount(typed, currency)
  const isWrong = typed.trim() !== '' && (capMinor === undefined || capMinor <= 0n)
  const [isShownWrong, setShownWrong] = useState(false)
  const amount = capMinor === undefined ? undefined : formatMoney(money(capMinor, currency), locale)
  const limit = isWrong || amount === undefined ? facts.limitNone : fill(facts.limitTo, { amount })

  async function agree() {
    if (isBusy) return
    setShownWrong(isWrong)
    if (isWrong) return
    setBusy(true)
    setRefused(undefined)
    sayStatus(words.turning)
    try {
      const cap = capMinor === undefined ? {} : { capMinor: String(capMinor) }
      const answer = await start({ ...source, shownOn, version, ...cap })
      if (!answer.ok) setRefused(answer.reason)
      else done()
    } catch {
      setRefused(words.lost)
    }
    setBusy(false)
    sayStatus(undefined)
  }

  return (
    <Card title={facts.title}>
      <div className="grid gap-4">
        <div className="grid gap-1">
          <p className="flex gap-2.5 text-md">
            <Repeat aria-hidden size={18} className="mt-[3px] flex-none text-text-2" />
            {facts.question}
          </p>
          <p className="text-sm text-text-2">{notice}</p>
        </div>
        <TextField
          label={words.cap}
          hint={words.capHint}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setShownWrong(isWrong)}
          error={isShownWrong && isWrong ? words.capWrong : undefined}
          className="max-w-72"
        />
        {short !== undefined && (
          <CheckField checked={isShort} onChange={(event) => setShort(event.target.checked)}>
            {short.choose}
          </CheckField>
        )}
        <section aria-label={words.agreement} className="grid gap-2">
          <p className="rounded-brand bg-sunken px-3.5 py-3 text-sm text-text-2 leading-5">
            {fill(consent, { limit })}
          </p>
          <p className="text-sm text-text-3">{words.record}</p>
        </section>
        {refused !== undefined && (
          <Notice tone="warn" role="alert">
            {refused}
          </Notice>
        )}
        <Button tone="plain" size="block" aria-disabled={isBusy} onClick={() => void agree()}>
          {isBusy ? words.turning : words.button}
        </Button>
      </div>
    </Card>
  )
}
