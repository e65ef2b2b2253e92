import { z } from 'zod'
import { orNotFound } from '@/app/m/[msp]/or-not-found'
import { resumeAttempt } from '@/lib/payments/resume-attempt'
import { answerSession, type FrameContext } from '../answer-frame'

const Body = z.object({ attemptId: z.uuid() })

/** What the browser needs to take up a bank’s check again. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, async ({ actor, body }) => {
    const resumed = await orNotFound(resumeAttempt(actor, body.attemptId))
    return resumed === undefined ? {} : { resumed }
  })
}
