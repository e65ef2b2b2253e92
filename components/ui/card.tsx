import { type ReactNode, useId } from 'react'
import { classes } from './classes'

type Props = {
  title?: ReactNode
  /** Beside the title: a figure, a link, a badge. */
  aside?: ReactNode
  foot?: ReactNode
  /** The content brings its own padding: tables and lists of rows. */
  flush?: boolean
  level?: 2 | 3
  className?: string
  id?: string
  children?: ReactNode
}

/** A surface with a heading, a body and a foot. With a title it is a named section. */
export function Card({ title, aside, foot, flush = false, level = 2, className, id, children }: Props) {
  const headingId = useId()
  const Heading = `h${level}` as const
  return (
    <section
      id={id}
      aria-labelledby={title === undefined ? undefined : headingId}
      className={classes(
        'min-w-0 overflow-clip rounded-lg border border-hairline bg-surface shadow-1 client:rounded-brand-card',
        className,
      )}
    >
      {title !== undefined && (
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-hairline border-b px-4 py-3.5 wide:px-5 client:px-4.5 wide:client:px-6">
          <Heading id={headingId} className="h2">
            {title}
          </Heading>
          {aside}
        </div>
      )}
      {children !== undefined &&
        (flush ? children : <div className="p-4 wide:p-5 client:px-4.5 client:py-5 wide:client:p-6">{children}</div>)}
      {foot !== undefined && (
        <div className="prose-links border-hairline border-t bg-sunken px-4 py-3 text-sm text-text-2 wide:px-5 client:px-4.5 wide:client:px-6">
          {foot}
        </div>
      )}
    </section>
  )
}
