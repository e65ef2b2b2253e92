import type { ReactNode } from 'react'

type Props = {
  title: ReactNode
  /** One line of facts under the title. */
  sub?: ReactNode
  /** Badges or buttons at the right. */
  aside?: ReactNode
}

/** The page's one h1. */
export function PageHeader({ title, sub, aside }: Props) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="h1">{title}</h1>
        {sub !== undefined && <div className="prose-links mt-1 text-sm text-text-2 client:text-[15px]">{sub}</div>}
      </div>
      {aside !== undefined && <div className="flex flex-wrap items-center gap-1.5">{aside}</div>}
    </div>
  )
}
