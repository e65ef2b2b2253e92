import { now, todayIn } from '@/lib/base/clock'
import { getInvoice } from '@/lib/billing/queries'
import { invoicePdf } from '@/lib/documents/invoice-pdf'
import { issuerOf } from '../../../issuer-of'
import { findMsp } from '../../../msp'
import { pdfAnswer } from '../../../pdf-answer'
import { localeOfLink, requireLink } from '../open-link'

export async function GET(request: Request, context: { params: Promise<{ msp: string; token: string }> }) {
  const { msp, token } = await context.params
  const actor = await requireLink(msp, token)
  const [tenant, invoice] = await Promise.all([findMsp(msp), getInvoice(actor, actor.invoiceId)])
  const locale = await localeOfLink(actor, new URL(request.url).searchParams.get('lang') ?? undefined)
  const today = todayIn(tenant.timeZone)
  return pdfAnswer(
    await invoicePdf({ issuer: await issuerOf(tenant), locale, today, at: now(), invoice }),
    `invoice-${invoice.number}`,
  )
}
