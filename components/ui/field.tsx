import { OctagonX } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { classes } from './classes'

/** What an input needs to be announced with its label, its hint and its error. */
export type FieldWiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

type Props = {
  label: ReactNode
  hint?: ReactNode
  /** In place of the hint, with the cure: “A routing number has 9 digits. This one has 8.” */
  error?: ReactNode
  /** The input's id, so that a list of errors can link to it. */
  id?: string
  className?: string
  children: (wiring: FieldWiring) => ReactNode
}

/** Label above, input, hint or error below. The input itself is drawn by the caller, with the wiring it is given. */
export function Field({ label, hint, error, id: givenId, className, children }: Props) {
  const ownId = useId()
  const id = givenId ?? ownId
  const noteId = `${id}-note`
  const hasError = error !== undefined && error !== ''
  return (
    <div className={classes('grid min-w-0 content-start gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-sm text-text leading-[18px] client:text-md">
        {label}
      </label>
      {children({
        id,
        ...(hasError || hint !== undefined ? { 'aria-describedby': noteId } : {}),
        ...(hasError ? { 'aria-invalid': true as const } : {}),
      })}
      {hasError ? (
        <p id={noteId} className="flex gap-[5px] text-bad text-sm leading-[18px]">
          <OctagonX aria-hidden size={14} className="mt-0.5 flex-none" />
          <span>{error}</span>
        </p>
      ) : (
        hint !== undefined && (
          <p id={noteId} className="text-text-3 text-xs leading-[18px] client:text-sm">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
