import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { type Tone, toneClass } from './tone'

type Props = {
  tone?: Tone
  icon?: LucideIcon
  /** Without tint and border, for dense tables. */
  plain?: boolean
  className?: string
  children: ReactNode
}

/** Icon, word, tint. The word carries; the icon's outline differs so that it reads in gray. */
export function Badge({ tone = 'gray', icon: Icon, plain = false, className, children }: Props) {
  return (
    <span className={classes('badge', toneClass[tone], !plain && 'badge-tinted', className)}>
      {Icon !== undefined && <Icon aria-hidden size={13} className="flex-none" />}
      {children}
    </span>
  )
}
