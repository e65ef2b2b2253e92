import { issuerOf } from '@/app/m/[msp]/issuer-of'
import { pdfAnswer } from '@/app/m/[msp]/pdf-answer'
import { now } from '@/lib/base/clock'
import { invoicePdf } from '@/lib/documents/invoice-pdf'
import { openPreview } from '../preview'

/** The invoice as a PDF, by its own generator, with the draft. */
export async function GET(request: Request) {
  const { tenant, locale, today, invoice } = await openPreview(new URL(request.url).searchParams.get('theme'))
  const pdf = await invoicePdf({ issuer: await issuerOf(tenant), locale, today, at: now(), invoice })
  const answer = pdfAnswer(pdf, 'preview')
  answer.headers.set('content-security-policy', "frame-ancestors 'self'")
  return answer
}
