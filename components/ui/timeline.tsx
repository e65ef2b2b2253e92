import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { type Tone, toneClass } from './tone'

export type TimelineItem = {
  key: string
  icon: LucideIcon
  tone?: Tone
  title: ReactNode
  detail?: ReactNode
  time: ReactNode
}

/** What happened, one line each, joined by a hairline. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <ol className="grid">
      {items.map(({ key, icon: Icon, tone = 'gray', title, detail, time }) => (
        <li
          key={key}
          className={classes(
            'relative grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 wide:grid-cols-[20px_minmax(0,1fr)_auto] pb-4 text-sm last:pb-0 client:text-md client:leading-[21px]',
            'before:absolute before:top-5.5 before:bottom-0 before:left-[9.5px] before:w-px before:bg-hairline-strong before:content-[""] last:before:hidden',
            toneClass[tone],
          )}
        >
          <Icon
            aria-hidden
            size={16}
            className={classes('mt-0.5 ml-0.5', tone === 'gray' ? 'text-text-3' : 'text-(--fg)')}
          />
          <div className="min-w-0">
            <p>{title}</p>
            {detail !== undefined && <div className="text-text-3">{detail}</div>}
          </div>
          <div className="num text-text-3 text-xs leading-5 max-wide:col-start-2 wide:text-right">{time}</div>
        </li>
      ))}
    </ol>
  )
}
