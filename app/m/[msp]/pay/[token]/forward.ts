'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { throttle } from '@/lib/access/throttle'
import { clientNetwork } from '@/lib/base/client-address'
import { forwardInvoice } from '@/lib/mail/forward-invoice'
import { forwardStatement } from '@/lib/mail/forward-statement'
import { isAddress } from '@/lib/mail/message'
import type { InvoiceSent } from '@/lib/mail/send-invoice'
import type { StatementSent } from '@/lib/mail/send-statement'
import { localeOf, wordsIn } from '@/messages/words'
import { findMsp } from '../../msp'
import { orNotFound } from '../../or-not-found'
import { requireLink } from './open-link'

export type ForwardState =
  | { is: 'idle' }
  | { is: 'problem'; because: 'address' | 'too-many' | 'not-open'; email: string }
  | { is: 'sent'; title: string; text: string }

const Form = z.object({ email: z.string().trim().max(254).refine(isAddress) })

/** The wrong person names the right one: a link of their own is mailed there, and this one stops working. */
export async function forward(
  slug: string,
  token: string,
  locale: string,
  _: ForwardState,
  form: FormData,
): Promise<ForwardState> {
  const actor = await requireLink(slug, token)
  const typed = String(form.get('email') ?? '').slice(0, 254)
  const asked = Form.safeParse({ email: typed })
  if (!asked.success) return { is: 'problem', because: 'address', email: typed }
  const { email } = asked.data
  const tries = [
    await throttle('forward', actor.tenantId, 'invoiceId' in actor ? actor.invoiceId : actor.clientId),
    await throttle('forward', clientNetwork(await headers()), slug),
  ]
  if (tries.some(({ ok }) => !ok)) return { is: 'problem', because: 'too-many', email }
  const sent = await orNotFound<InvoiceSent | StatementSent>(
    'invoiceId' in actor ? forwardInvoice(actor, email) : forwardStatement(actor, email),
  )
  if (!sent.ok) return { is: 'problem', because: sent.because === 'no-address' ? 'address' : 'not-open', email }
  const words = wordsIn(localeOf(locale))
  const { name } = await findMsp(slug)
  return {
    is: 'sent',
    title: words('forward.sentTitle', { email: sent.to }),
    text: words('forward.sentText', { name }),
  }
}
