'use server'

import { notFound } from 'next/navigation'
import { currentContact } from '@/lib/access/require-contact'
import { askAbout, type QuestionAnswer } from '../../../question'

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
