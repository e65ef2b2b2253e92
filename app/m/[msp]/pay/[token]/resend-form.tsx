'use client'

import { useActionState } from 'react'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'

type Words = { button: string; busy: string; sentTitle: string; sentText: string }

/** Opening the page sends nothing; the press does. */
export function ResendForm({ send, words }: { send: () => Promise<void>; words: Words }) {
  const [isSent, act] = useActionState(async () => {
    await send()
    return true
  }, false)
  return (
    <div>
      <div role="status">
        {isSent && (
          <Notice tone="good" title={words.sentTitle}>
            {words.sentText}
          </Notice>
        )}
      </div>
      {!isSent && (
        <form action={act}>
          <SubmitButton busy={words.busy}>{words.button}</SubmitButton>
        </form>
      )}
    </div>
  )
}
