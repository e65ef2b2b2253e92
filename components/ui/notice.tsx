import { CircleArrowRight, CircleCheck, CirclePause, Flag, Info, type LucideIcon, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { type Tone, toneClass } from './tone'

const icons: Record<Tone, LucideIcon> = {
  gray: Info,
  good: CircleCheck,
  move: CircleArrowRight,
  warn: CirclePause,
  bad: OctagonX,
  talk: Flag,
}

type Props = {
  tone?: Tone
  icon?: LucideIcon
  title?: ReactNode
  /** `alert` for a refusal that just came, `status` for news that may wait; none for what was there from the start. */
  role?: 'alert' | 'status'
  className?: string
  children?: ReactNode
}

export function Notice({ tone = 'gray', icon, title, role, className, children }: Props) {
  const Icon = icon ?? icons[tone]
  return (
    <div
      role={role}
      className={classes(
        'flex gap-2.5 rounded-md border border-(--ln) px-3.5 py-3 text-sm text-text client:rounded-brand client:text-md client:leading-[21px]',
        tone === 'gray' ? 'is-gray bg-sunken' : `${toneClass[tone]} bg-(--bg)`,
        className,
      )}
    >
      <Icon aria-hidden size={16} className="mt-0.5 flex-none text-(--fg)" />
      <div className="prose-links min-w-0">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  )
}
