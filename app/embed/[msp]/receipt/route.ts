import { notFound } from 'next/navigation'
import { z } from 'zod'
import { orNotFound } from '@/app/m/[msp]/or-not-found'
import { pdfAnswer } from '@/app/m/[msp]/pdf-answer'
import { now, todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { receiptPdf } from '@/lib/documents/receipt-pdf'
import { getAttempt } from '@/lib/payments/queries'
import { answerSession, type FrameContext } from '../answer-frame'
import { attemptForSession } from '../read-frame'

const Body = z.object({ attemptId: z.uuid() })

export function POST(request: Request, context: FrameContext): Promise<Response> {
  return answerSession(request, context, Body, async ({ actor, tenant, locale, body }) => {
    const attempt = await orNotFound(getAttempt(actor, body.attemptId))
    if (attempt.succeededAt === undefined) notFound()
    const payment = attemptForSession(attempt, actor)
    const pdf = await receiptPdf({ issuer: tenant, locale, today: todayIn(tenant.timeZone), at: now(), payment })
    return pdfAnswer(pdf, `receipt-${receiptNumber(attempt.id)}`)
  })
}
