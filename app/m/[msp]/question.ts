import 'server-only'
import { revalidatePath } from 'next/cache'
import type { Actor } from '@/lib/access/actor'
import { throttle } from '@/lib/access/throttle'
import { openHold } from '@/lib/billing/open-hold'
import { type Locale, wordsIn } from '@/messages/words'
import { orNotFound } from './or-not-found'
import type { QuestionWords } from './question-form'

/** What came of a question. */
export type QuestionAnswer = 'sent' | 'no-reason' | 'amount' | 'nothing-open' | 'busy'

/** A client asks about an invoice of theirs. */
export async function askAbout(
  actor: Actor,
  invoiceId: string,
  form: FormData,
  throttleBy: string,
): Promise<QuestionAnswer> {
  const tries = await throttle('question', throttleBy)
  if (!tries.ok) return 'busy'
  const text = (name: string) => String(form.get(name) ?? '')
  const opened = await orNotFound(openHold(actor, { invoiceId, reason: text('reason'), amount: text('amount') }))
  if (!opened.ok) return opened.because
  revalidatePath('/m/[msp]', 'layout')
  return 'sent'
}

export function questionWords(locale: Locale, msp: string): QuestionWords {
  const words = wordsIn(locale)
  return {
    summary: words('question.summary'),
    reason: words('question.reason'),
    amount: words('question.amount'),
    amountHint: words('question.amountHint'),
    button: words('question.button', { name: msp }),
    busy: words('pay.sending'),
    answers: {
      sent: words('question.sent', { name: msp }),
      'no-reason': words('question.noReason'),
      amount: words('question.wrongAmount'),
      'nothing-open': words('question.nothingOpen'),
      busy: words('question.busy'),
    },
  }
}
