'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import type { CheckoutActions, CheckoutScreen, Go } from '@/components/checkout/checkout'
import { CheckoutView } from '@/components/checkout/checkout-view'

type Props = {
  screen: CheckoutScreen
  actions: CheckoutActions
  /** Where the outcome is shown, before the attempt’s id; without, this page shows it. */
  resultPath?: string
  /** The same for a payment that was set for a date. */
  scheduledPath?: string
}

/** The checkout in a page of ours: Next’s router moves the reader on. */
export function NextCheckout({ screen, actions, resultPath, scheduledPath }: Props) {
  const router = useRouter()
  const go = useMemo(
    (): Go => ({
      reload: () => router.refresh(),
      toResult: (attemptId) =>
        resultPath === undefined ? router.refresh() : router.replace(`${resultPath}${attemptId}`),
      ...(scheduledPath === undefined
        ? {}
        : { toScheduled: (scheduleId: string) => router.replace(`${scheduledPath}${scheduleId}`) }),
    }),
    [router, resultPath, scheduledPath],
  )
  return <CheckoutView screen={screen} actions={actions} go={go} />
}
