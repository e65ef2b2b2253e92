import { notFound } from 'next/navigation'
import { onlyInvoices } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { receiptPdf } from '@/lib/documents/receipt-pdf'
import { getAttempt } from '@/lib/payments/queries'
import { issuerOf } from '../../../../issuer-of'
import { findMsp } from '../../../../msp'
import { orNotFound } from '../../../../or-not-found'
import { attemptForInvoices } from '../../../../pay-view'
import { pdfAnswer } from '../../../../pdf-answer'
import { localeOfLink, requireLink } from '../../open-link'

type Context = { params: Promise<{ msp: string; token: string; attempt: string }> }

export async function GET(request: Request, context: Context) {
  const { msp, token, attempt: attemptId } = await context.params
  const actor = await requireLink(msp, token)
  const [tenant, attempt] = await Promise.all([findMsp(msp), orNotFound(getAttempt(actor, attemptId))])
  if (attempt.succeededAt === undefined) notFound()
  const locale = await localeOfLink(actor, new URL(request.url).searchParams.get('lang') ?? undefined)
  const payment = attemptForInvoices(attempt, onlyInvoices(actor) ?? [])
  const pdf = await receiptPdf({
    issuer: await issuerOf(tenant),
    locale,
    today: todayIn(tenant.timeZone),
    at: now(),
    payment,
  })
  return pdfAnswer(pdf, `receipt-${receiptNumber(attempt.id)}`)
}
