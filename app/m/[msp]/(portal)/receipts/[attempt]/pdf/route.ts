import { notFound } from 'next/navigation'
import { currentReader } from '@/lib/access/require-contact'
import { now, todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { receiptPdf } from '@/lib/documents/receipt-pdf'
import { getAttempt } from '@/lib/payments/queries'
import { localeOf } from '@/messages/words'
import { issuerOf } from '../../../../issuer-of'
import { findMsp } from '../../../../msp'
import { orNotFound } from '../../../../or-not-found'
import { pdfAnswer } from '../../../../pdf-answer'

export async function GET(request: Request, context: { params: Promise<{ msp: string; attempt: string }> }) {
  const { msp, attempt: id } = await context.params
  const actor = await currentReader(msp)
  if (actor === undefined) notFound()
  const [tenant, payment] = await Promise.all([findMsp(msp), orNotFound(getAttempt(actor, id))])
  if (payment.succeededAt === undefined) notFound()
  const locale = localeOf(new URL(request.url).searchParams.get('lang'), tenant.locale)
  const today = todayIn(tenant.timeZone)
  return pdfAnswer(
    await receiptPdf({ issuer: await issuerOf(tenant), locale, today, at: now(), payment }),
    `receipt-${receiptNumber(id)}`,
  )
}
