'use client'

import { type FormEvent, useState } from 'react'
import { Notice } from '@/components/ui/notice'
import type { BrandDraft } from '@/lib/tenancy/brand-draft'
import { contrastTable } from '@/lib/tenancy/contrast-table'
import { publish } from './acts'
import { ContrastCard } from './contrast-card'
import { LookCard } from './look-card'
import { PreviewCard } from './preview-card'
import { useDraft } from './use-draft'
import { WordsCard } from './words-card'

type Props = { slug: string; published: BrandDraft; draft: BrandDraft; canManage: boolean }
type Said = { tone: 'good' | 'bad'; text: string }

/** The draft of a brand at the left, what clients would see of it at the right. */
export function BrandEditor({ slug, published, draft: given, canManage }: Props) {
  const draft = useDraft(given)
  const [shown, setShown] = useState(published)
  const [said, setSaid] = useState<Said>()
  const { readable, wrong } = draft
  const isPublished = wrong.length === 0 && JSON.stringify(readable) === JSON.stringify(shown)
  const rows = contrastTable(readable.brand)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const [first] = wrong
    if (first !== undefined) {
      setSaid({ tone: 'bad', text: 'Not published: a field is not filled in as it has to be.' })
      return document.getElementById(first)?.focus()
    }
    const problem = await publish(readable)
    setSaid(
      problem === ''
        ? { tone: 'good', text: 'Published. Clients see it from now on.' }
        : { tone: 'bad', text: `Not published. ${problem}` },
    )
    if (problem === '') setShown(readable)
  }

  return (
    <div className="grid items-start gap-4 wide:gap-5 full:grid-cols-[minmax(0,1fr)_460px]">
      <form id="brand" noValidate onSubmit={(event) => void submit(event)} className="min-w-0">
        <fieldset disabled={!canManage} className="grid min-w-0 gap-4 wide:gap-5">
          <div role="status" className="contents">
            {said !== undefined && <Notice tone={said.tone}>{said.text}</Notice>}
          </div>
          <LookCard slug={slug} draft={draft} isPublished={isPublished} />
          <ContrastCard rows={rows} draft={draft} />
          <WordsCard draft={draft} />
        </fieldset>
      </form>
      <PreviewCard draft={draft} />
    </div>
  )
}
