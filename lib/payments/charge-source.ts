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
  const { confirmationTokenId, customerId, paymentMethodId, stripeMandateId, saves } = row
  return {
    ...(confirmationTokenId === null ? {} : { confirmationTokenId }),
    ...(customerId === null ? {} : { customerId }),
    ...(saves ? { saves } : {}),
    ...(paymentMethodId === null
      ? {}
      : { saved: { paymentMethodId, ...(stripeMandateId === null ? {} : { mandateId: stripeMandateId }) } }),
  }
}
