'use server'

import { askAbout, type QuestionAnswer, type ReplyAnswer, replyTo } from '../../question'
import { requireInvoiceLink } from './open-link'

/** The holder of a link asks about its invoice, and no other. */
export async function ask(
  slug: string,
  token: string,
  _: QuestionAnswer | undefined,
  form: FormData,
): Promise<QuestionAnswer> {
  const actor = await requireInvoiceLink(slug, token)
  return askAbout(actor, actor.invoiceId, form, `link:${actor.linkId}`)
}

/** The holder of a link says something more about what is on hold on its invoice. */
export async function reply(
  slug: string,
  token: string,
  holdId: string,
  _: ReplyAnswer | undefined,
  form: FormData,
): Promise<ReplyAnswer> {
  const actor = await requireInvoiceLink(slug, token)
  return replyTo(actor, holdId, form, `link:${actor.linkId}`)
}
