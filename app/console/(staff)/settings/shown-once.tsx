'use client'

import { Notice } from '@/components/ui/notice'
import { CopyField } from './copy-field'

type Props = {
  title: string
  /** What it is called for those who cannot see where it stands. */
  label: string
  secret: string
}

/** A secret of which we keep a hash or a sealed copy only: it stands here until the page is left. */
export function ShownOnce({ title, label, secret }: Props) {
  return (
    <Notice tone="good" role="status" title={title}>
      <CopyField label={label} value={secret} hint="Store it now. It is not shown again." className="mt-2" />
    </Notice>
  )
}
