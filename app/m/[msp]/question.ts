import 'server-only'
import { revalidatePath } from 'next/cache'
import type { Actor } from '@/lib/access/actor'
import { throttle } from '@/lib/access/throttle'
import type { InvoiceRow, InvoiceView } from '@/lib/billing/invoice'
import { openHold } from '@/lib/billing/open-hold'
import { type SaidInHold, sayInHold } from '@/lib/billing/say-in-hold'
import { formatMoney } from '@/lib/money/format'
import { type Locale, wordsIn } from '@/messages/words'
import { orNotFound } from './or-not-found'
import type { QuestionWords } from './question-form'

/** What came of a question. */
export type QuestionAnswer = 'sent' | 'no-reason' | 'amount' | 'nothing-open' | 'changed' | 'off' | 'busy'
/** What came of another word in it. */
export type ReplyAnswer = SaidInHold | 'busy'

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
  const line = lineOf(text('line'))
  const asked = { invoiceId, reason: text('reason'), amount: text('amount'), ...(line === undefined ? {} : { line }) }
  const opened = await orNotFound(openHold(actor, asked))
  if (!opened.ok) return opened.because
  revalidatePath('/m/[msp]', 'layout')
  return 'sent'
}

/** They say something more about it. */
export async function replyTo(actor: Actor, holdId: string, form: FormData, throttleBy: string): Promise<ReplyAnswer> {
  const tries = await throttle('question', throttleBy)
  if (!tries.ok) return 'busy'
  const said = await orNotFound(sayInHold(actor, { holdId, text: String(form.get('text') ?? '') }))
  if (said === 'said') revalidatePath('/m/[msp]', 'layout')
  return said
}

/** `3:12`, the line at place 12 of the invoice's third version; nothing for the whole invoice. */
function lineOf(typed: string): { version: number; position: number } | undefined {
  const found = /^(\d{1,6}):(\d{1,4})$/.exec(typed)
  return found === null ? undefined : { version: Number(found[1]), position: Number(found[2]) }
}

/** About one invoice: the whole, or a line of it. */
export function questionWords(locale: Locale, msp: string, invoice: InvoiceView): QuestionWords {
  const words = wordsIn(locale)
  const lines = invoice.groups.flatMap((group) => group.lines)
  const choices = [
    { value: '', text: words('question.wholeInvoice') },
    ...lines.map(({ position, description: line, amount }) => ({
      value: `${invoice.version}:${position}`,
      text: words('question.line', { line, amount: formatMoney(amount, locale) }),
    })),
  ]
  return { ...sharedWords(locale, msp), about: words('question.about'), subjects: { field: 'line', choices } }
}

/** About one of several that are open. */
export function statementQuestionWords(locale: Locale, msp: string, invoices: readonly InvoiceRow[]): QuestionWords {
  const words = wordsIn(locale)
  const choices = invoices.map(({ id, number, balance }) => ({
    value: id,
    text: words('question.line', {
      line: words('result.invoice', { number }),
      amount: formatMoney(balance, locale),
    }),
  }))
  return { ...sharedWords(locale, msp), about: words('question.which'), subjects: { field: 'invoice', choices } }
}

function sharedWords(locale: Locale, msp: string): Omit<QuestionWords, 'about' | 'subjects'> {
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
      changed: words('question.changed'),
      off: words('question.off', { name: msp }),
      busy: words('question.busy'),
    },
  }
}
