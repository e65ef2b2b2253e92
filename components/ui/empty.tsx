import { CircleCheck, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = {
  icon?: LucideIcon
  /** What would be here. */
  title: ReactNode
  /** And when. */
  children?: ReactNode
  /** One button at most. */
  action?: ReactNode
}

/** In place of rows, inside a card. */
export function Empty({ icon: Icon = CircleCheck, title, children, action }: Props) {
  return (
    <div className="grid justify-items-center gap-1.5 px-6 py-10 text-center text-text-2">
      <Icon aria-hidden size={22} className="mb-1 text-text-3" />
      <p className="font-medium text-text">{title}</p>
      {children !== undefined && <div className="prose-links max-w-[46ch] text-sm text-text-3">{children}</div>}
      {action !== undefined && <div className="mt-1.5">{action}</div>}
    </div>
  )
}
