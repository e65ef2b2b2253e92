import { z } from 'zod'
import { askOutcome } from '@/app/m/[msp]/checkout-acts'
import { answerSession, type FrameContext } from '../answer-frame'

const Body = z.object({ attemptId: z.uuid() })

/** Asks Stripe how a payment stands. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, ({ actor, locale, body }) => askOutcome(actor, body.attemptId, locale))
}
