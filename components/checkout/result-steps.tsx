import type { StepFact } from './checkout'

const looks = {
  done: {
    dot: 'border-move-solid bg-move-solid',
    line: 'after:bg-move-solid',
    text: 'text-text',
  },
  now: {
    dot: 'border-move-solid bg-surface shadow-[0_0_0_4px_var(--move-bg)]',
    line: 'after:bg-hairline-strong',
    text: 'font-medium text-text',
  },
  next: { dot: 'border-edge bg-surface', line: 'after:hidden', text: 'text-text-3' },
}

/** Where a debit is between the press of the button and the cleared money. */
export function ResultSteps({ steps }: { steps: StepFact[] }) {
  return (
    <ol className="grid auto-cols-fr grid-flow-col text-sm leading-[18px]">
      {steps.map(({ name, state, text }) => (
        <li
          key={name}
          aria-current={state === 'now' ? 'step' : undefined}
          className={`relative pt-6 after:absolute after:top-[9px] after:right-1.5 after:left-4.5 after:h-0.5 after:content-[""] ${looks[state].line} ${looks[state].text}`}
        >
          <span aria-hidden className={`absolute top-1 left-0 z-1 size-3 rounded-full border-2 ${looks[state].dot}`} />
          {name}
          <br />
          <span className="font-normal text-text-3 tabular-nums">{text}</span>
        </li>
      ))}
    </ol>
  )
}
