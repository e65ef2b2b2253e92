import { notFound } from 'next/navigation'
import { now, todayIn } from '@/lib/base/clock'
import { getInvoice } from '@/lib/billing/queries'
import { invoicePdf } from '@/lib/documents/invoice-pdf'
import { issuerOf } from '../../../issuer-of'
import { findMsp } from '../../../msp'
import { orNotFound } from '../../../or-not-found'
import { pdfAnswer } from '../../../pdf-answer'
import { localeOfLink, requireLink } from '../open-link'

/** The invoice of the link; of a statement's, the one that is asked for. */
export async function GET(request: Request, context: { params: Promise<{ msp: string; token: string }> }) {
  const { msp, token } = await context.params
  const actor = await requireLink(msp, token)
  const asked = new URL(request.url).searchParams
  const invoiceId = 'invoiceId' in actor ? actor.invoiceId : (asked.get('invoice') ?? notFound())
  const [tenant, invoice] = await Promise.all([findMsp(msp), orNotFound(getInvoice(actor, invoiceId))])
  const locale = await localeOfLink(actor, asked.get('lang') ?? undefined)
  const today = todayIn(tenant.timeZone)
  return pdfAnswer(
    await invoicePdf({ issuer: await issuerOf(tenant), locale, today, at: now(), invoice }),
    `invoice-${invoice.number}`,
  )
}
