'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { ReplyAnswer } from './question'

type Props = {
  words: { summary: string; text: string; button: string; busy: string; answers: Record<ReplyAnswer, string> }
  say: (before: ReplyAnswer | undefined, form: FormData) => Promise<ReplyAnswer>
}

/** Another word in a question that is open. Works without scripts too. */
export function ReplyForm({ words, say }: Props) {
  const [answer, act] = useActionState(say, undefined)
  return (
    <div className="grid gap-2">
      <div role="status">
        {answer !== undefined && <Notice tone={answer === 'said' ? 'good' : 'bad'}>{words.answers[answer]}</Notice>}
      </div>
      <details>
        <summary className="inline-flex min-h-11 items-center font-medium text-brand-text text-sm hover:underline">
          {words.summary}
        </summary>
        <form action={act} className="grid gap-3 pt-1">
          <TextField name="text" label={words.text} maxLength={500} required autoComplete="off" />
          <div>
            <SubmitButton tone="plain" busy={words.busy}>
              {words.button}
            </SubmitButton>
          </div>
        </form>
      </details>
    </div>
  )
}
