'use client'

import { useEffect, useRef, useState } from 'react'
import type { Brand } from '@/lib/tenancy/brand'
import { BrandDraft } from '@/lib/tenancy/brand-draft'
import { saveDraft } from './acts'

const pauseMs = 400

/** The draft as it stands on the page: what is typed, what of it reads as a brand, and how often that was kept. */
export function useDraft(given: BrandDraft) {
  const [typed, setTyped] = useState(given)
  const [readable, setReadable] = useState(given)
  const [revision, setRevision] = useState(0)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])

  /** What reads is kept a moment after the last change, and the preview drawn again; what does not stays on the page. */
  function change(next: BrandDraft) {
    setTyped(next)
    const parsed = BrandDraft.safeParse(next)
    clearTimeout(pause.current)
    if (!parsed.success) return
    setReadable(parsed.data)
    pause.current = setTimeout(() => {
      void saveDraft(parsed.data).then((isKept) => {
        if (isKept) setRevision((before) => before + 1)
      })
    }, pauseMs)
  }

  const parsed = BrandDraft.safeParse(typed)
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
  return {
    typed,
    readable,
    revision,
    /** The fields that do not read, `brand.color`, `name`. */
    wrong,
    setName: (name: string) => change({ ...typed, name }),
    setBrand: (part: Partial<Brand>) => change({ ...typed, brand: { ...typed.brand, ...part } }),
  }
}
export type Draft = ReturnType<typeof useDraft>
