import { z } from 'zod'
import { proveAccount, proveSetup } from '@/app/m/[msp]/checkout-acts'
import { answerSession, type FrameContext } from '../answer-frame'

const Proof = z.union([
  z.object({ descriptorCode: z.string() }),
  z.object({ amounts: z.tuple([z.number(), z.number()]) }),
])
const Body = z.union([z.object({ attemptId: z.uuid(), proof: Proof }), z.object({ setupId: z.uuid(), proof: Proof })])

/** Holds what the bank statement shows against the small deposits, of a payment or of an account that is saved. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, async ({ actor, body }) => ({
    fits:
      'attemptId' in body
        ? await proveAccount(actor, body.attemptId, body.proof)
        : await proveSetup(actor, body.setupId, body.proof),
  }))
}
