'use client'

import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

type Props = {
  title: string
  /** What it is called for those who cannot see where it stands. */
  label: string
  secret: string
}

/** A secret of which we keep a hash or a sealed copy only: it stands here until the page is left. */
export function ShownOnce({ title, label, secret }: Props) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(secret)
    setCopied(true)
  }
  return (
    <Notice tone="good" role="status" title={title}>
      <div className="mt-2 grid gap-2">
        <input
          readOnly
          aria-label={label}
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
          className="mono min-h-(--control) w-full min-w-0 rounded-sm border border-edge bg-surface px-2.5 text-sm text-text"
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button tone="plain" onClick={() => void copy().catch(() => setCopied(false))}>
            <span className="inline-flex items-center gap-1.5">
              <Copy aria-hidden size={16} />
              {isCopied ? 'Copied' : 'Copy'}
            </span>
          </Button>
          <span className="text-text-2">Store it now. It is not shown again.</span>
        </div>
      </div>
    </Notice>
  )
}
