/** A key of the keyboard. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-xs border border-hairline-strong border-b-2 bg-surface px-1 font-medium font-sans text-[11px] text-text-3 leading-none">
      {children}
    </kbd>
  )
}
