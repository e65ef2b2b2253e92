import { z } from 'zod'
import { proveAccount } from '@/app/m/[msp]/checkout-acts'
import { answerSession, type FrameContext } from '../answer-frame'

const Body = z.object({
  attemptId: z.uuid(),
  proof: z.union([z.object({ descriptorCode: z.string() }), z.object({ amounts: z.tuple([z.number(), z.number()]) })]),
})

/** Holds what the bank statement shows against the small deposits. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, async ({ actor, body }) => ({
    fits: await proveAccount(actor, body.attemptId, body.proof),
  }))
}
