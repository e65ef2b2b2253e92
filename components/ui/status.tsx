import type { ReactNode } from 'react'
import { Badge } from './badge'
import { type StatusIs, type StatusOf, statusLooks } from './status-words'

type Props<Of extends StatusOf> = {
  of: Of
  is: StatusIs<Of>
  /** Without tint and border, for dense tables. */
  plain?: boolean
  /** The word with a fact added (“8 days overdue”), or in the client's language. Without it, the word itself. */
  children?: ReactNode
}

/** The state of an invoice, an attempt, a sync or a posting: one word, one icon, one tint on every screen. */
export function Status<Of extends StatusOf>({ of, is, plain = false, children }: Props<Of>) {
  const { word, tone, icon } = statusLooks[of][is]
  return (
    <Badge tone={tone} icon={icon} plain={plain}>
      {children ?? word}
    </Badge>
  )
}
