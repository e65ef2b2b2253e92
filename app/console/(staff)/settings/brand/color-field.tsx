import type { ReactNode } from 'react'
import { buttonLook } from '@/components/ui/button-look'
import { Field } from '@/components/ui/field'
import { inputLook } from '@/components/ui/input-look'

type Props = {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  isWrong: boolean
  hint: ReactNode
  error?: string | undefined
  /** The nearest color that would do, to be taken with one press. */
  offer: string | undefined
}

/** A color, picked or typed. */
export function ColorField({ id, label, value, onChange, isWrong, hint, error, offer }: Props) {
  const problem = isWrong ? 'A color has six digits, like #1E9E7F.' : error
  return (
    <div className="grid content-start justify-items-start gap-1.5">
      <Field id={id} label={label} hint={hint} error={problem} className="w-full">
        {(wiring) => (
          <span className="flex items-center gap-2">
            <input
              type="color"
              aria-label={`${label}, picked`}
              value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#000000'}
              onChange={(event) => onChange(event.target.value)}
              className="size-8 flex-none cursor-pointer rounded-sm border-0 bg-transparent p-0 max-wide:size-11 [&::-webkit-color-swatch-wrapper]:p-0 [&::-webkit-color-swatch]:rounded-sm [&::-webkit-color-swatch]:border-edge"
            />
            <input
              {...wiring}
              value={value}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange(event.target.value)}
              className={`${inputLook} mono uppercase`}
            />
          </span>
        )}
      </Field>
      {offer !== undefined && !isWrong && (
        <button type="button" onClick={() => onChange(offer)} className={buttonLook('plain', 'small')}>
          <span aria-hidden className="size-3.5 rounded-xs border border-edge" style={{ background: offer }} />
          Use {offer.toUpperCase()}
        </button>
      )}
    </div>
  )
}
