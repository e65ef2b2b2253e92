import { z } from 'zod'
import { Invoice } from '@/lib/api/invoice'
import { Id, Instant, named } from '@/lib/api/named'
import { Payment } from '@/lib/api/payment'
import { type WebhookEventType, webhookEventTypes } from './event-type'
import { WireEndpoint } from './wire-endpoint'

const event = (types: readonly string[], object: z.ZodType) =>
  z.strictObject({
    id: Id.describe('The same however often it is sent: keep it, and do nothing the second time.'),
    type: z.enum(types),
    created: Instant,
    data: z
      .strictObject({ object })
      .describe('As it stood when the event was written; events may overtake each other.'),
  })

const isOfInvoice = (type: WebhookEventType) => type.startsWith('invoice.')

const InvoiceEvent = event(webhookEventTypes.filter(isOfInvoice), Invoice).register(named, {
  id: 'InvoiceEvent',
  description: 'Something happened to an invoice.',
})
const PaymentEvent = event(
  webhookEventTypes.filter((type) => !isOfInvoice(type)),
  Payment,
).register(named, { id: 'PaymentEvent', description: 'Something happened to a payment.' })
const PingEvent = event(['ping'], WireEndpoint).register(named, {
  id: 'PingEvent',
  description: 'Somebody tries whether an endpoint hears.',
})

export function schemaOfEvent(type: WebhookEventType | 'ping'): z.ZodType {
  if (type === 'ping') return PingEvent
  return isOfInvoice(type) ? InvoiceEvent : PaymentEvent
}
