'use server'

import { askAbout, type QuestionAnswer } from '../../question'
import { requireLink } from './open-link'

/** The holder of a link asks about its invoice, and no other. */
export async function ask(
  slug: string,
  token: string,
  _: QuestionAnswer | undefined,
  form: FormData,
): Promise<QuestionAnswer> {
  const actor = await requireLink(slug, token)
  return askAbout(actor, actor.invoiceId, form, `link:${actor.linkId}`)
}
