'use client'

import { Moon, Sun } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Card } from '@/components/ui/card'
import type { Typed, WordedKind } from '@/lib/mail/wording'
import type { Locale } from '@/messages/words'
import { Choice } from '../../choice'

const pauseMs = 400

type Props = {
  kind: WordedKind
  locale: Locale
  from: string
  typed: Typed
  /** With its places filled in; undefined where it is ours. */
  subject: string | undefined
}

/** The mail as a client would see it, drawn by its own template in a window of its own, a moment after the last change. */
export function MailPreview({ kind, locale, from, typed, subject }: Props) {
  const [theme, setTheme] = useState<'light' | 'dark'>('light')
  const wanted = `/brand-preview/words?${new URLSearchParams({ kind, language: locale, theme, ...typed })}`
  const [address, setAddress] = useState(wanted)
  useEffect(() => {
    const pause = setTimeout(() => setAddress(wanted), pauseMs)
    return () => clearTimeout(pause)
  }, [wanted])
  return (
    <Card
      flush
      title="Preview"
      className="full:sticky full:top-5"
      aside={
        <Choice
          label="Theme of the preview"
          options={[
            { value: 'light', name: <Sun aria-hidden size={15} />, spoken: 'Light' },
            { value: 'dark', name: <Moon aria-hidden size={15} />, spoken: 'Dark' },
          ]}
          chosen={theme}
          choose={setTheme}
        />
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-hairline border-b px-4 py-2.5 text-xs">
        <dt className="text-text-3">From</dt>
        <dd className="min-w-0 text-text-2">{from}</dd>
        <dt className="text-text-3">Subject</dt>
        <dd className="min-w-0 break-words font-medium text-text" {...(subject === undefined ? {} : { lang: locale })}>
          {subject ?? 'Ours: it names the sum and the date'}
        </dd>
      </dl>
      <iframe title="Preview of the mail" src={address} className="block h-[640px] w-full border-0 bg-sunken" />
    </Card>
  )
}
