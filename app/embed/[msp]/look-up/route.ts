import { z } from 'zod'
import { clientNetwork } from '@/lib/base/client-address'
import { lookUpInvoice } from '@/lib/billing/look-up-invoice'
import { wordsIn } from '@/messages/words'
import { answerFrame, answerJson, type FrameContext } from '../answer-frame'

const Body = z.object({ number: z.string().max(60), amount: z.string().max(40), postalCode: z.string().max(20) })

/** Finds an invoice by what is printed on it, and answers with a session for this one. */
export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerFrame(request, context, Body, async ({ tenant, locale, body }) => {
    const words = wordsIn(locale)
    const found = await lookUpInvoice(tenant.id, body, clientNetwork(request.headers))
    if (found.ok) return answerJson({ ok: true, token: found.token })
    if (found.because === 'no-match') return answerJson({ ok: false, text: words('widget.noMatch') })
    const minutes = Math.ceil(found.retryAfterSeconds / 60)
    const headers = { 'retry-after': String(found.retryAfterSeconds) }
    return answerJson({ ok: false, text: words('widget.wait', { minutes }) }, 429, headers)
  })
}
