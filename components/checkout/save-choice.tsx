import { CheckField } from '@/components/ui/check-field'
import type { WayType } from './checkout'
import type { Holder, SavingFacts, WordingFacts } from './saving'

type Props = {
  type: WayType
  facts: SavingFacts
  holder: Holder | undefined
  setHolder: (holder: Holder) => void
  isAgreed: boolean
  setAgreed: (isAgreed: boolean) => void
  /** Where saving is all there is to do: no line and no heading above it, and what is missing is said. */
  isAlone?: boolean
  error?: string | undefined
}

/**
 * Saving what is typed above, or chosen at the next step: whose account it is, the authorization in full, and an empty box under it. Nothing is
 * saved unless somebody ticks it.
 */
export function SaveChoice({ type, facts, holder, setHolder, isAgreed, setAgreed, isAlone = false, error }: Props) {
  const { words } = facts
  const wording = wordingFor(type, facts, holder)
  return (
    <div className={isAlone ? 'mt-4 grid gap-3' : 'mt-4 grid gap-3 border-hairline border-t pt-4'}>
      {!isAlone && <p className="font-medium text-md">{words.title}</p>}
      {type === 'us_bank_account' && (
        <fieldset className="grid gap-1">
          <legend className="pb-1 text-sm text-text-2">{words.whose}</legend>
          <div className="flex flex-wrap gap-x-6">
            {(['business', 'personal'] as const).map((one) => (
              <label key={one} className="flex min-h-11 cursor-pointer items-center gap-2.5 text-md">
                <input
                  type="radio"
                  name="holder"
                  value={one}
                  checked={holder === one}
                  onChange={() => setHolder(one)}
                  className="m-0 size-4.5 flex-none cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface checked:border-[5.5px] checked:border-brand forced-colors:appearance-auto"
                />
                {one === 'business' ? words.aBusiness : words.aPerson}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {wording !== undefined && (
        <>
          <p className="rounded-brand bg-sunken px-3.5 py-3 text-sm text-text-2 leading-5">{wording.text}</p>
          <CheckField
            checked={isAgreed}
            onChange={(event) => setAgreed(event.target.checked)}
            hint={words.where}
            error={error}
          >
            {type === 'card' ? words.agreeCard : type === 'acss_debit' ? words.agreePad : words.agreeBank}
          </CheckField>
        </>
      )}
    </div>
  )
}

/** The wording for what is typed; none while it is not known whose account it is. */
export function wordingFor(type: WayType, facts: SavingFacts, holder: Holder | undefined): WordingFacts | undefined {
  if (type === 'card') return facts.card
  if (type === 'acss_debit') return facts.pad
  return holder === undefined ? undefined : facts[holder]
}
