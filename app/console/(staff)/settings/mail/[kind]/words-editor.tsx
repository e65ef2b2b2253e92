'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { checkWording, fillPlaces, type Typed, type Values, type WordedKind } from '@/lib/mail/wording'
import type { Locale } from '@/messages/words'
import { type Said, saveWords, sendTest } from './acts'
import { HistoryCard, type Version } from './history-card'
import { MailPreview } from './mail-preview'
import { WordFields } from './word-fields'

type Props = {
  kind: WordedKind
  locale: Locale
  ours: Typed
  /** Newest first; it holds. */
  versions: Version[]
  /** What the places hold in the sample. */
  samples: Values
  from: string
  canManage: boolean
}

/** The words at the left, the mail they make at the right. */
export function WordsEditor({ kind, locale, ours, versions, samples, from, canManage }: Props) {
  const [newest] = versions
  const [typed, setTyped] = useState(newest?.typed ?? ours)
  const [readable, setReadable] = useState(typed)
  const [said, setSaid] = useState<Said>()
  const [doing, setDoing] = useState<'saving' | 'sending'>()
  const checked = checkWording(kind, typed)
  const problems = checked.ok ? {} : checked.problems

  function change(next: Typed) {
    setTyped(next)
    setSaid(undefined)
    const read = checkWording(kind, next)
    if (read.ok) setReadable(read.typed)
  }

  async function act(what: 'saving' | 'sending') {
    if (doing !== undefined) return
    const [first] = Object.keys(problems)
    if (first !== undefined) {
      setSaid({ tone: 'bad', text: 'A field is not filled in as it has to be.' })
      return document.getElementById(`words-${first}`)?.focus()
    }
    setDoing(what)
    try {
      setSaid(await (what === 'saving' ? saveWords : sendTest)({ kind, locale, typed, basedOn: newest?.version ?? 0 }))
    } finally {
      setDoing(undefined)
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void act('saving')
  }

  return (
    <div className="grid items-start gap-4 wide:gap-5 full:grid-cols-[minmax(0,1fr)_460px]">
      <div className="grid min-w-0 gap-4 wide:gap-5">
        <form noValidate onSubmit={submit}>
          <fieldset disabled={!canManage} className="grid min-w-0 gap-4 wide:gap-5">
            <div role="status" className="contents">
              {said !== undefined && <Notice tone={said.tone}>{said.text}</Notice>}
            </div>
            <Card title="Words">
              <WordFields
                {...{ kind, locale, typed }}
                problems={said?.problems ?? problems}
                change={(part) => change({ ...typed, ...part })}
              />
              {canManage && (
                <div className="mt-5 flex flex-wrap gap-2">
                  <Button type="submit" tone="primary">
                    <span aria-live="polite">{doing === 'saving' ? 'Saving' : 'Save the words'}</span>
                  </Button>
                  <Button tone="plain" onClick={() => void act('sending')}>
                    <span aria-live="polite">{doing === 'sending' ? 'Sending' : 'Send me a test'}</span>
                  </Button>
                  <Button
                    tone="quiet"
                    onClick={() => {
                      change(ours)
                      setSaid({ tone: 'good', text: 'Our words stand in the fields. Save them to go back to them.' })
                    }}
                  >
                    Take our words
                  </Button>
                </div>
              )}
            </Card>
          </fieldset>
        </form>
        <HistoryCard versions={versions} locale={locale} take={canManage ? change : undefined} />
      </div>
      <MailPreview {...{ kind, locale, from }} typed={readable} subject={subjectOf(readable, samples)} />
    </div>
  )
}

/** Undefined where the subject is ours. */
function subjectOf({ subject }: Typed, samples: Values): string | undefined {
  return subject === '' ? undefined : fillPlaces(subject, samples)
}
