'use client'

import { useActionState, useState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { fromDecimal, toDecimal } from '@/lib/money/wire'
import { refund } from './refund'

type Props = {
  attempt: {
    id: string
    clientName: string
    methodLabel: string
    currency: string
    /** Minor units as text: what is still there to give back, what was charged, the surcharge in it. */
    leftMinor: string
    amountMinor: string
    surchargeMinor: string
  }
  /** The amount above which a second person approves, in words. */
  above?: string
}

/** Repeats the sums before anything leaves: what goes back, how much of it is surcharge, to where. */
export function RefundDialog({ attempt, above }: Props) {
  const { id, clientName, methodLabel, currency } = attempt
  const [left, charged, surcharge] = [
    BigInt(attempt.leftMinor),
    BigInt(attempt.amountMinor),
    BigInt(attempt.surchargeMinor),
  ]
  const [typed, setTyped] = useState(toDecimal({ minor: left, currency }))
  const [reason, setReason] = useState('')
  const [error, act] = useActionState(refund, undefined)
  const say = (minor: bigint) => formatMoney({ minor, currency }, 'en-US')
  const minor = minorOf(typed, currency)
  const wrong =
    minor === undefined ? 'An amount looks like 200.00.' : minor > left ? `At most ${say(left)}.` : undefined
  const ofSurcharge = minor === undefined ? 0n : (surcharge * minor) / charged
  return (
    <ConfirmDialog opener="Refund" openerTone="danger" title={`Refund ${clientName}`}>
      <form action={act} noValidate className="grid gap-4">
        <input type="hidden" name="id" value={id} />
        <TextField
          label="Amount"
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          hint={[
            surcharge > 0n ? `At most ${say(left)}, surcharge included` : `At most ${say(left)}`,
            ...(above === undefined ? [] : [`above ${above} a second person approves it first`]),
          ].join('; ')}
          error={wrong}
        />
        <TextField
          label="Reason"
          name="reason"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          hint="Kept with the payment, for your own records"
          required
          maxLength={200}
        />
        <p aria-live="polite">
          {minor === undefined || wrong !== undefined
            ? 'Nothing is refunded yet.'
            : surcharge === 0n
              ? `Refund ${say(minor)} to ${methodLabel}.`
              : `Refund ${say(minor - ofSurcharge)} and ${say(ofSurcharge)} surcharge, ${say(minor)} in all, to ${methodLabel}.`}{' '}
          It cannot be called back.
        </p>
        {error !== undefined && (
          <p role="alert" className="text-bad">
            {error}
          </p>
        )}
        <SubmitButton tone="danger" size="block" busy="Sending it to Stripe">
          Refund {minor === undefined || wrong !== undefined ? '' : say(minor)}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

function minorOf(text: string, currency: string): bigint | undefined {
  try {
    const { minor } = fromDecimal(text.replaceAll(/[$,\s]/g, ''), currency, 0)
    return minor > 0n ? minor : undefined
  } catch {
    return undefined
  }
}
