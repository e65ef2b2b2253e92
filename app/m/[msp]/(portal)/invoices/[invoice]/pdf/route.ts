import { notFound } from 'next/navigation'
import { currentReader } from '@/lib/access/require-contact'
import { now, todayIn } from '@/lib/base/clock'
import { getInvoice } from '@/lib/billing/queries'
import { invoicePdf } from '@/lib/documents/invoice-pdf'
import { localeOf } from '@/messages/words'
import { issuerOf } from '../../../../issuer-of'
import { findMsp } from '../../../../msp'
import { orNotFound } from '../../../../or-not-found'
import { pdfAnswer } from '../../../../pdf-answer'

export async function GET(request: Request, context: { params: Promise<{ msp: string; invoice: string }> }) {
  const { msp, invoice: id } = await context.params
  const actor = await currentReader(msp)
  if (actor === undefined) notFound()
  const [tenant, invoice] = await Promise.all([findMsp(msp), orNotFound(getInvoice(actor, id))])
  const locale = localeOf(new URL(request.url).searchParams.get('lang'), tenant.locale)
  const today = todayIn(tenant.timeZone)
  return pdfAnswer(
    await invoicePdf({ issuer: await issuerOf(tenant), locale, today, at: now(), invoice }),
    `invoice-${invoice.number}`,
  )
}
