import { SelectField } from '@/components/ui/select-field'
import type { WayType } from './checkout'
import type { WhenFacts } from './when'

type Props = {
  facts: WhenFacts
  /** The date that is chosen; none for now. */
  on: string | undefined
  setOn: (on: string | undefined) => void
  /** The kind of what is chosen to pay with, where it can wait for a date: something saved, or typed and to be saved. */
  saved: WayType | undefined
  /** What is typed has to be saved: whether that is agreed to, or was missing when the button was pressed. */
  saving?: 'agreed' | 'open' | 'missing' | undefined
}

/** Now, or on a date up to the day the invoice is due, with what happens on it. */
export function WhenChoice({ facts, on, setOn, saved, saving = 'agreed' }: Props) {
  const { words, dates } = facts
  const chosen = dates.find((date) => date.on === on)
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 font-medium text-md">{words.title}</legend>
      <div className="flex flex-wrap gap-x-6">
        {[words.now, words.later].map((name, at) => (
          <label key={name} className="flex min-h-11 cursor-pointer items-center gap-2.5 text-md">
            <input
              type="radio"
              name="when"
              checked={(on !== undefined) === (at === 1)}
              onChange={() => setOn(at === 1 ? dates[0]?.on : undefined)}
              className="m-0 size-4.5 flex-none cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-surface checked:border-[5.5px] checked:border-brand forced-colors:appearance-auto"
            />
            {name}
          </label>
        ))}
      </div>
      {on !== undefined &&
        (saved === undefined ? (
          <p className="prose-links text-sm text-text-2">
            {words.needsSaved} <a href={words.saveFirst.href}>{words.saveFirst.text}</a>
          </p>
        ) : (
          <SelectField
            label={words.date}
            value={on}
            onChange={(event) => setOn(event.target.value)}
            hint={chosen === undefined ? undefined : saved === 'card' ? chosen.card : chosen.bank}
          >
            {dates.map((date) => (
              <option key={date.on} value={date.on}>
                {date.name}
              </option>
            ))}
          </SelectField>
        ))}
      {on !== undefined && saving !== 'agreed' && (
        <p
          role={saving === 'missing' ? 'alert' : undefined}
          className={`text-sm ${saving === 'missing' ? 'text-bad' : 'text-text-2'}`}
        >
          {words.savesToo}
        </p>
      )}
    </fieldset>
  )
}
