import { receiveStripeEvent } from '@/lib/payments/receive-stripe-event'
import { orBusy } from '../../../or-busy'

const bytesMax = 256 * 1024

/** Stripe tells that something changed: verified, stored, answered. What it means is worked out later, by reading. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ tenant?: string[] }> },
): Promise<Response> {
  const [tenantId] = (await params).tenant ?? []
  const body = await request.text()
  if (body.length > bytesMax) return Response.json({ error: 'This is larger than any event.' }, { status: 413 })
  return orBusy(async () => {
    const outcome = await receiveStripeEvent(body, request.headers.get('stripe-signature') ?? '', tenantId)
    return outcome === 'forged'
      ? Response.json(
          { error: 'The signature does not fit this body, or is older than five minutes.' },
          { status: 400 },
        )
      : Response.json({ received: true })
  })
}
