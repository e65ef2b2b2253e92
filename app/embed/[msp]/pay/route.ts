import { z } from 'zod'
import { placeOrder } from '@/app/m/[msp]/checkout-acts'
import type { PayOrder } from '@/components/checkout/checkout'
import { answerSession, type FrameContext } from '../answer-frame'

/** What is in it is checked where the orders of pages are. */
const Body = z.custom<PayOrder>((body) => typeof body === 'object' && body !== null)

export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, ({ actor, locale, body }) =>
    placeOrder(actor, body, { locale, origin: 'widget', throttleBy: `checkout:${actor.sessionId}` }),
  )
}
