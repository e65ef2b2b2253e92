import { classes } from './classes'

/** How many, beside a name. `hot` when a person is needed. */
export function Count({ children, hot = false }: { children: number; hot?: boolean }) {
  return (
    <span
      className={classes(
        'inline-grid h-4.5 min-w-5 place-items-center rounded-full px-[5px] font-semibold text-[11px] tabular-nums',
        hot ? 'bg-bad-bg text-bad shadow-[inset_0_0_0_1px_var(--bad-line)]' : 'bg-hairline text-text-2',
      )}
    >
      {children}
    </span>
  )
}
