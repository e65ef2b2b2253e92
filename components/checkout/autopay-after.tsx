'use client'

import { Notice } from '@/components/ui/notice'
import { AutopayOffer } from './autopay-offer'
import type { CheckoutActions, Go, OutcomeFacts } from './checkout'

type Props = { facts: OutcomeFacts; actions: CheckoutActions; go: Go }

/** The invoices to come: offered to be paid like this one, or said to be. */
export function AutopayAfter({ facts: { autopay, attemptId }, actions: { startAutopay }, go }: Props) {
  if (autopay?.is === 'offered' && startAutopay !== undefined)
    return <AutopayOffer facts={autopay} source={{ attemptId }} start={startAutopay} done={go.reload} />
  if (autopay?.is !== 'on') return null
  const { title, text, manage } = autopay
  return (
    <Notice tone="good" title={title}>
      {text} {manage !== undefined && <a href={manage.href}>{manage.text}</a>}
    </Notice>
  )
}
