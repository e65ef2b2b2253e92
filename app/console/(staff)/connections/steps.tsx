import type { ReactNode } from 'react'

/** What to create where: numbered, with the vendor's own menu names. */
export function Steps({ steps }: { steps: { key: string; text: ReactNode }[] }) {
  return (
    <ol className="grid gap-3 text-sm">
      {steps.map(({ key, text }, index) => (
        <li key={key} className="grid grid-cols-[22px_minmax(0,1fr)] gap-3">
          <span
            aria-hidden
            className="grid size-5.5 place-items-center rounded-full bg-hover font-semibold text-text-2 text-xs tabular-nums shadow-[inset_0_0_0_1px_var(--hairline-strong)]"
          >
            {index + 1}
          </span>
          <div className="prose-links min-w-0">{text}</div>
        </li>
      ))}
    </ol>
  )
}

/** A menu of the vendor’s, as it is written there. */
export function Menu({ children }: { children: string }) {
  return <b className="font-medium">{children}</b>
}

/** Something to copy. */
export function Copyable({ children }: { children: string }) {
  return <code className="mono rounded-xs bg-hover px-1 py-0.5 [overflow-wrap:anywhere] select-all">{children}</code>
}
