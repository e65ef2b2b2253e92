'use server'

import { notFound } from 'next/navigation'
import { currentContact } from '@/lib/access/require-contact'
import { askAbout, type QuestionAnswer, type ReplyAnswer, replyTo } from '../../../question'

/** Whoever may see an invoice may ask about it. */
export async function ask(
  slug: string,
  invoiceId: string,
  _: QuestionAnswer | undefined,
  form: FormData,
): Promise<QuestionAnswer> {
  const actor = await currentContact(slug)
  if (actor === undefined) notFound()
  return askAbout(actor, invoiceId, form, `contact:${actor.contactId}`)
}

/** They say something more about what is on hold. */
export async function reply(
  slug: string,
  holdId: string,
  _: ReplyAnswer | undefined,
  form: FormData,
): Promise<ReplyAnswer> {
  const actor = await currentContact(slug)
  if (actor === undefined) notFound()
  return replyTo(actor, holdId, form, `contact:${actor.contactId}`)
}
