import type { ChargeOrder } from './gateway'

/** What of an attempt decides what is charged, as it stands in its row. */
export type SourceRow = {
  confirmationTokenId: string | null
  customerId: string | null
  paymentMethodId: string | null
  stripeMandateId: string | null
  methodType: string | null
  saves: boolean
  origin: string
}

/** What is sent to Stripe of it; the same for every try, since a key refuses a repeat that differs. */
export function chargeSource(row: SourceRow): Partial<ChargeOrder> {
  const { confirmationTokenId, customerId, paymentMethodId, stripeMandateId, saves, origin, methodType } = row
  // Set for a date by a person it is unscheduled to the networks; by an agreement it recurs.
  const unattended = origin === 'schedule' ? 'unscheduled' : origin === 'autopay' ? 'recurring' : undefined
  // Its payment is made before anything is typed: the type alone says how.
  const isPad = methodType === 'acss_debit'
  return {
    ...(isPad && paymentMethodId === null ? { debit: methodType } : {}),
    ...(confirmationTokenId === null ? {} : { confirmationTokenId }),
    ...(customerId === null ? {} : { customerId }),
    ...(saves ? { saves } : {}),
    ...(unattended === undefined ? {} : { unattended }),
    ...(paymentMethodId === null
      ? {}
      : {
          saved: {
            ...(isPad ? { type: methodType } : {}),
            paymentMethodId,
            ...(stripeMandateId === null ? {} : { mandateId: stripeMandateId }),
          },
        }),
  }
}
