import { notFound } from 'next/navigation'
import { currentReader } from '@/lib/access/require-contact'
import { now, todayIn } from '@/lib/base/clock'
import { mandatePdf } from '@/lib/documents/mandate-pdf'
import { getMandate } from '@/lib/payments/list-methods'
import { localeOf } from '@/messages/words'
import { findMsp } from '../../../../../msp'
import { orNotFound } from '../../../../../or-not-found'
import { pdfAnswer } from '../../../../../pdf-answer'

/** The proof of one authorization. The words stand in the language in which they were agreed to. */
export async function GET(_: Request, context: { params: Promise<{ msp: string; mandate: string }> }) {
  const { msp, mandate: id } = await context.params
  const actor = await currentReader(msp)
  if (actor === undefined) notFound()
  const [tenant, mandate] = await Promise.all([findMsp(msp), orNotFound(getMandate(actor, id))])
  const locale = localeOf(mandate.language)
  const pdf = await mandatePdf({ issuer: tenant, locale, today: todayIn(tenant.timeZone), at: now(), mandate })
  return pdfAnswer(pdf, `authorization-${id}`)
}
