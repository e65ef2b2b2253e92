import { z } from 'zod'
import { answerSession, type FrameContext } from '../answer-frame'
import { readFrame } from '../read-frame'

const Body = z.object({ attemptId: z.uuid().optional(), isRest: z.boolean().optional() })

/** How things stand for this session: what there is to pay, or how a payment stands. Asking changes nothing. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, ({ actor, tenant, locale, body }) =>
    readFrame(actor, tenant, locale, body),
  )
}
