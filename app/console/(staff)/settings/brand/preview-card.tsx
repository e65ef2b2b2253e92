'use client'

import { Lock, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Card } from '@/components/ui/card'
import { Choice } from '../choice'
import type { Draft } from './use-draft'

const surfaces = {
  pay: 'Pay page',
  portal: 'Portal',
  widget: 'Widget',
  email: 'Email',
  pdf: 'PDF',
} as const
type Surface = keyof typeof surfaces

/** The draft on each surface, drawn by the very pages, mail and PDF clients get, in a window of their own. */
export function PreviewCard({ draft }: { draft: Draft }) {
  const [surface, setSurface] = useState<Surface>('pay')
  const [chosen, setChosen] = useState<'light' | 'dark'>('light')
  const { theme } = draft.readable.brand
  const shown = theme === 'auto' ? chosen : theme
  const address = `/brand-preview/${surface}?${new URLSearchParams({ theme: shown, v: String(draft.revision) })}`
  return (
    <Card flush title="Preview" className="full:sticky full:top-5">
      <div className="flex flex-wrap items-center justify-between gap-2 border-hairline border-b px-3 py-2">
        <Choice
          label="Preview of"
          options={Object.entries(surfaces).map(([value, name]) => ({ value: value as Surface, name }))}
          chosen={surface}
          choose={setSurface}
        />
        {theme === 'auto' && surface !== 'pdf' && (
          <Choice
            label="Theme of the preview"
            options={[
              { value: 'light', name: <Sun aria-hidden size={15} />, spoken: 'Light' },
              { value: 'dark', name: <Moon aria-hidden size={15} />, spoken: 'Dark' },
            ]}
            chosen={chosen}
            choose={setChosen}
          />
        )}
      </div>
      <p className="flex items-center gap-2 border-hairline border-b px-3 py-2 text-text-2 text-xs">
        <Lock aria-hidden size={14} className="flex-none text-text-3" />
        <span className="min-w-0 grow truncate rounded-sm bg-hover px-2.5 py-[3px] leading-[18px]">
          A sample, with names and figures that are made up
        </span>
        <a href={address} target="_blank" rel="noreferrer" className="flex-none">
          Open it large
        </a>
      </p>
      <iframe
        key={surface}
        title={`Preview: ${surfaces[surface]}`}
        src={address}
        className="block h-[640px] w-full border-0 bg-sunken"
      />
    </Card>
  )
}
