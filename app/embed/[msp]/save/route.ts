import { SaveWish } from '@/app/m/[msp]/checkout-shapes'
import { throttle } from '@/lib/access/throttle'
import { clientAddress } from '@/lib/base/client-address'
import { saveMethod } from '@/lib/payments/save-method'
import { setupRefusal } from '@/lib/payments/setup-result'
import { answerSession, type FrameContext } from '../answer-frame'

/** Saves what was typed, with the words that were agreed to. Whoever tries many cards here is testing stolen ones. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, SaveWish, async ({ actor, locale, body }) => {
    const tries = await throttle('pay', `checkout:${actor.sessionId}`)
    if (!tries.ok) return setupRefusal('busy', locale)
    const userAgent = request.headers.get('user-agent') ?? ''
    return saveMethod(actor, body, { ip: clientAddress(request.headers), userAgent, locale, origin: 'widget' })
  })
}
