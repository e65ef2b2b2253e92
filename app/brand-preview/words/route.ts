import { notFound } from 'next/navigation'
import { wordingOf } from '@/lib/mail/our-wording'
import { sampleMail } from '@/lib/mail/sample-mail'
import { checkWording, isWordedKind } from '@/lib/mail/wording'
import { localeOf } from '@/messages/words'
import { mailAnswer } from '../mail-answer'
import { openPreview } from '../preview'

/** A mail in words as they are typed, by its own template, in the brand that clients see. */
export async function GET(request: Request) {
  const asked = new URL(request.url).searchParams
  const [kind, text] = [asked.get('kind') ?? '', (name: string) => asked.get(name) ?? '']
  const { tenant, today } = await openPreview(asked.get('theme'), 'published')
  if (!isWordedKind(kind)) notFound()
  const locale = localeOf(asked.get('language'))
  const typed = { subject: text('subject'), opening: text('opening'), closing: text('closing') }
  const checked = checkWording(kind, typed)
  if (!checked.ok) notFound()
  const { html } = await sampleMail(kind, {
    ...{ sender: tenant, locale, today, currency: tenant.currency, url: '#' },
    wording: wordingOf(kind, locale, checked.typed),
  }).render()
  return mailAnswer(tenant, html)
}
