'use client'

import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { classes } from '@/components/ui/classes'

type Props = {
  /** What it is called for those who cannot see where it stands. */
  label: string
  value: string
  hint?: string
  className?: string
}

/** Text that is to be taken along letter by letter. */
export function CopyField({ label, value, hint, className }: Props) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(value)
    setCopied(true)
  }
  return (
    <div className={classes('grid gap-2', className)}>
      <input
        readOnly
        aria-label={label}
        value={value}
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
        {hint !== undefined && <span className="text-text-2">{hint}</span>}
      </div>
    </div>
  )
}
