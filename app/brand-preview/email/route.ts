import { sampleMail } from '@/lib/mail/sample-mail'
import { mailAnswer } from '../mail-answer'
import { openPreview } from '../preview'

/** The mail that brings an invoice, by its own template, with the draft. */
export async function GET(request: Request) {
  const { tenant, locale, today } = await openPreview(new URL(request.url).searchParams.get('theme'))
  const about = { sender: tenant, locale, today, currency: tenant.currency, url: '#' }
  const { html } = await sampleMail('pay_now', about).render()
  return mailAnswer(tenant, html)
}
