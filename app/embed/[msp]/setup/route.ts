import { z } from 'zod'
import { orNotFound } from '@/app/m/[msp]/or-not-found'
import { refreshSetup } from '@/lib/payments/refresh-setup'
import { answerSession, type FrameContext } from '../answer-frame'

const Body = z.object({ setupId: z.uuid() })

/** How what this session saves stands, after the bank's check in the browser. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, ({ actor, locale, body }) =>
    orNotFound(refreshSetup(actor, body.setupId, locale)),
  )
}
