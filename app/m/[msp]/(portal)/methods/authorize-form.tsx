'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Refused } from './acts'

type Props = {
  authorize: (refused: Refused, form: FormData) => Promise<Refused>
  /** What says which words were shown. */
  fields: Record<string, string>
  /** The authorization in full. */
  text: string
  words: Record<'agree' | 'busy' | 'record' | 'refused', string>
}

/** The words, and the press that agrees to them; a refusal stands above them. */
export function AuthorizeForm({ authorize, fields, text, words }: Props) {
  const [refused, act] = useActionState(authorize, undefined)
  return (
    <form action={act} className="grid gap-4">
      {refused !== undefined && (
        <Notice tone="bad" role="alert" title={words.refused}>
          {refused.reason}
        </Notice>
      )}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="text-sm leading-5 text-text-2">{text}</p>
      <p className="text-sm text-text-3">{words.record}</p>
      <SubmitButton busy={words.busy}>{words.agree}</SubmitButton>
    </form>
  )
}
