'use client'

import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'

export type Forward = { key: string; name: string; sub: string; act: () => void; isBest: boolean; button: string }

type Props = {
  title: string
  reason: string
  /** What still holds: the invoice is open, a pending line drops off. */
  notes: string[]
  heading: string
  forward: Forward[]
}

/** A payment that was not taken: why, and the ways forward. The focus moves here, what was typed stays below. */
export function RefusalNotice({ title, reason, notes, heading, forward }: Props) {
  const head = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second refusal is news too
  useEffect(() => head.current?.focus(), [title, reason])
  return (
    <section className="is-bad overflow-clip rounded-brand-card border border-(--ln)">
      <div role="alert" className="flex gap-3 bg-(--bg) p-4">
        <span className="grid size-8 flex-none place-items-center rounded-full bg-surface text-(--fg) shadow-[inset_0_0_0_1px_var(--ln)]">
          <X aria-hidden size={18} />
        </span>
        <div className="grid gap-1">
          <h3 ref={head} tabIndex={-1} className="h2">
            {title}
          </h3>
          <p>{reason}</p>
          {notes.map((note) => (
            <p key={note} className="text-sm text-text-2">
              {note}
            </p>
          ))}
        </div>
      </div>
      {forward.length > 0 && (
        <>
          <h4 className="sr-only">{heading}</h4>
          <ul className="bg-surface">
            {forward.map(({ key, name, sub, act, isBest, button }) => (
              <li
                key={key}
                className="flex items-center justify-between gap-4 border-hairline border-t px-4 py-3 first:border-(--ln)"
              >
                <span>
                  <span className="font-medium">{name}</span>
                  <span className="block text-sm text-text-3">{sub}</span>
                </span>
                <Button
                  size="small"
                  tone={isBest ? 'primary' : 'plain'}
                  onClick={act}
                  aria-label={`${button}: ${name}`}
                >
                  {button}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
