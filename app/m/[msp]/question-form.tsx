'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { QuestionAnswer } from './question'

export type QuestionWords = {
  summary: string
  about: string
  /** What it can be about, by the name of the field: an invoice of several; or one whole, and each of its lines. */
  subjects: { field: 'line' | 'invoice'; choices: { value: string; text: string }[] }
  reason: string
  amount: string
  amountHint: string
  button: string
  busy: string
  answers: Record<QuestionAnswer, string>
}

type Props = {
  words: QuestionWords
  ask: (before: QuestionAnswer | undefined, form: FormData) => Promise<QuestionAnswer>
}

/** A question about the invoice: the amount it is about waits, the rest can be paid. Works without scripts too. */
export function QuestionForm({ words, ask }: Props) {
  const [answer, act] = useActionState(ask, undefined)
  return (
    <div className="grid gap-3">
      <div role="status">
        {answer !== undefined && <Notice tone={answer === 'sent' ? 'good' : 'bad'}>{words.answers[answer]}</Notice>}
      </div>
      {answer !== 'sent' && (
        <details>
          <summary className="inline-flex min-h-11 items-center font-medium text-brand-text text-sm hover:underline">
            {words.summary}
          </summary>
          <form action={act} className="grid gap-4 pt-2">
            <SelectField name={words.subjects.field} label={words.about}>
              {words.subjects.choices.map(({ value, text }) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </SelectField>
            <TextField name="reason" label={words.reason} maxLength={500} required />
            <TextField
              name="amount"
              label={words.amount}
              hint={words.amountHint}
              inputMode="decimal"
              autoComplete="off"
              maxLength={20}
            />
            <div>
              <SubmitButton tone="plain" busy={words.busy}>
                {words.button}
              </SubmitButton>
            </div>
          </form>
        </details>
      )}
    </div>
  )
}
