'use server'

import { askAbout, type QuestionAnswer, type ReplyAnswer, replyTo } from '../../question'
import { requireLink } from './open-link'

/** The holder of a link asks about its invoice, or about one of its statement's, and no other. */
export async function ask(
  slug: string,
  token: string,
  _: QuestionAnswer | undefined,
  form: FormData,
): Promise<QuestionAnswer> {
  const actor = await requireLink(slug, token)
  const invoiceId = 'invoiceId' in actor ? actor.invoiceId : String(form.get('invoice') ?? '')
  return askAbout(actor, invoiceId, form, `link:${actor.linkId}`)
}

/** The holder of a link says something more about what is on hold on what it opens. */
export async function reply(
  slug: string,
  token: string,
  holdId: string,
  _: ReplyAnswer | undefined,
  form: FormData,
): Promise<ReplyAnswer> {
  const actor = await requireLink(slug, token)
  return replyTo(actor, holdId, form, `link:${actor.linkId}`)
}
