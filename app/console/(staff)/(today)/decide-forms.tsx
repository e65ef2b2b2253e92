'use client'

import { useActionState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { approveRequest, declineRequest, withdrawRequest } from './approval-acts'

type Approve = {
  id: string
  askerName: string
  reason: string
  /** Absent for a change of the Stripe account. */
  refund?: { amount: string; clientName: string; methodLabel: string }
}

/** Repeats the sums before anything leaves. */
export function ApproveDialog({ id, askerName, reason, refund }: Approve) {
  const [problem, act] = useActionState(approveRequest, undefined)
  const title = refund === undefined ? 'Let the Stripe account be changed' : `Refund ${refund.clientName}`
  return (
    <ConfirmDialog opener="Approve" openerSize="small" title={title}>
      <form action={act} className="grid gap-4 text-sm">
        <input type="hidden" name="id" value={id} />
        <p>
          {refund === undefined
            ? `${askerName} may disconnect Stripe and connect another account, once and within a day. Payouts then go where that account says.`
            : `${askerName} asked to refund ${refund.amount} to ${refund.methodLabel}: ${reason}. It leaves at once and cannot be called back.`}
        </p>
        <Problem text={problem} />
        <SubmitButton tone="danger" size="block" busy={refund === undefined ? 'Saving' : 'Sending it to Stripe'}>
          {refund === undefined ? `Allow ${askerName} to change it` : `Refund ${refund.amount}`}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

export function DeclineDialog({ id, askerName }: { id: string; askerName: string }) {
  const [problem, act] = useActionState(declineRequest, undefined)
  return (
    <ConfirmDialog opener="Decline" openerTone="quiet" openerSize="small" title="Decline the request">
      <form action={act} noValidate className="grid gap-4 text-sm">
        <input type="hidden" name="id" value={id} />
        <TextField label="Why" name="reason" hint={`${askerName} reads it`} maxLength={200} autoComplete="off" />
        <Problem text={problem} />
        <SubmitButton tone="danger" size="block" busy="Declining">
          Decline
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

export function WithdrawForm({ id }: { id: string }) {
  const [problem, act] = useActionState(withdrawRequest, undefined)
  return (
    <form action={act} className="grid gap-1">
      <input type="hidden" name="id" value={id} />
      <SubmitButton tone="plain" size="small" busy="Taking it back">
        Take it back
      </SubmitButton>
      <Problem text={problem} />
    </form>
  )
}

function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null
  return (
    <p role="alert" className="text-bad">
      {text}
    </p>
  )
}
