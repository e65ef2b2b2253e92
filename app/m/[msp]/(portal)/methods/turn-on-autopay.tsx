'use client'

import { useRouter } from 'next/navigation'
import { AutopayOffer } from '@/components/checkout/autopay-offer'
import type { AutopayFacts, CheckoutActions } from '@/components/checkout/checkout'

type Props = {
  facts: Extract<AutopayFacts, { is: 'offered' }>
  methodId: string
  /** Where the reader is once it is on. */
  back: string
  start: NonNullable<CheckoutActions['startAutopay']>
}

/** The authorization for a card or an account that is saved, and the press that turns it on. */
export function TurnOnAutopay({ facts, methodId, back, start }: Props) {
  const router = useRouter()
  const source = { methodId, ...(facts.replaces === undefined ? {} : { replaces: facts.replaces }) }
  return <AutopayOffer facts={facts} source={source} start={start} done={() => router.push(back)} />
}
