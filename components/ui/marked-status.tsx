import type { ReactNode } from 'react'
import { classes } from './classes'
import { type StatusIs, type StatusOf, statusLooks } from './status-words'
import { toneClass } from './tone'

type MarksProps<Of extends StatusOf> = { of: Of; those: Iterable<StatusIs<Of>> }

/** The icons of the states that `MarkedStatus` shows on this page, drawn once for all of them. */
export function StatusMarks<Of extends StatusOf>({ of, those }: MarksProps<Of>) {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      {Array.from(new Set(those), (is) => {
        const { icon: Icon } = statusLooks[of][is]
        return (
          <symbol key={String(is)} id={markOf(of, is)}>
            <Icon size={13} />
          </symbol>
        )
      })}
    </svg>
  )
}

type StatusProps<Of extends StatusOf> = { of: Of; is: StatusIs<Of>; children?: ReactNode }

/**
 * What `Status` shows, for lists: of fifty rows, each with its own drawing of the same few icons, those drawings were a
 * third. The page needs `StatusMarks` with all the states shown.
 */
export function MarkedStatus<Of extends StatusOf>({ of, is, children }: StatusProps<Of>) {
  const { word, tone } = statusLooks[of][is]
  return (
    <span className={classes('badge badge-tinted', toneClass[tone])}>
      <svg aria-hidden="true" className="mark">
        <use href={`#${markOf(of, is)}`} />
      </svg>
      {children ?? word}
    </span>
  )
}

function markOf<Of extends StatusOf>(of: Of, is: StatusIs<Of>): string {
  return `mark-${of}-${String(is)}`
}
