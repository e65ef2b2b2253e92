import { OctagonX } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { Tick } from './tick'

type Props = Omit<ComponentProps<'input'>, 'type' | 'children'> & {
  children: ReactNode
  hint?: ReactNode
  error?: ReactNode
}

/** A box with its sentence. The whole sentence is the target. */
export function CheckField({ children, hint, error, ...input }: Props) {
  const ownId = useId()
  const id = input.id ?? ownId
  const noteId = `${id}-note`
  const hasNote = hint !== undefined || error !== undefined
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="grid cursor-pointer grid-cols-[20px_1fr] items-start gap-3">
        <Tick
          {...input}
          id={id}
          className="mt-0.5"
          {...(hasNote ? { 'aria-describedby': noteId } : {})}
          {...(error === undefined ? {} : { 'aria-invalid': true })}
        />
        <span>{children}</span>
      </label>
      {error !== undefined ? (
        <p id={noteId} className="flex gap-[5px] pl-8 text-bad text-sm">
          <OctagonX aria-hidden size={14} className="mt-[3px] flex-none" />
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={noteId} className="pl-8 text-sm text-text-3">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
