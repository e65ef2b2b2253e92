import { CheckField } from '@/components/ui/check-field'
import { Notice } from '@/components/ui/notice'
import type { AlreadyScheduled } from './when'

type Props = {
  facts: AlreadyScheduled
  isReplacing: boolean
  setReplacing: (is: boolean) => void
  /** Said when the button was pressed without the tick. */
  isMissing: boolean
}

/** It is set to be paid on a date: paying now takes its place, and that is said before anything is charged. */
export function ReplaceChoice({ facts, isReplacing, setReplacing, isMissing }: Props) {
  return (
    <Notice tone="move" title={facts.text}>
      <div className="pt-2">
        <CheckField
          id="replace-scheduled"
          checked={isReplacing}
          onChange={(event) => setReplacing(event.target.checked)}
          error={isMissing ? facts.mustAgree : undefined}
        >
          {facts.agree}
        </CheckField>
      </div>
    </Notice>
  )
}
