import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = {
  tone: 'good' | 'move' | 'warn' | 'gray'
  icon: LucideIcon
  title: string
  text: ReactNode
  children?: ReactNode
}

const tones = { good: 'is-good', move: 'is-move', warn: 'is-warn', gray: 'is-gray' }

/** How a payment came out: a seal, one heading, one sentence, then the figures. */
export function ResultFrame({ tone, icon: Icon, title, text, children }: Props) {
  return (
    <div className="grid gap-6">
      <span
        className={`grid size-13 place-items-center rounded-full bg-(--bg) text-(--fg) shadow-[inset_0_0_0_1px_var(--ln)] ${tones[tone]}`}
      >
        <Icon aria-hidden size={24} />
      </span>
      <div className="grid gap-2">
        <h1 className="h1">{title}</h1>
        <p className="text-pretty text-text-2">{text}</p>
      </div>
      {children}
    </div>
  )
}
