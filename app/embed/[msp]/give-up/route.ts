import { z } from 'zod'
import { endOrder } from '@/app/m/[msp]/checkout-acts'
import { answerSession, type FrameContext } from '../answer-frame'

const Body = z.object({ attemptId: z.uuid() })

/** Ends a payment that nobody has agreed to. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, ({ actor, locale, body }) => endOrder(actor, body.attemptId, locale))
}
