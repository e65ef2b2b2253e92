/** The loop, almost closed. Ours alone: it never appears where a client looks. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" aria-hidden="true" className="flex-none">
      <path d="M19.4 8.2A8.5 8.5 0 1 0 20.5 12" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <circle cx="12" cy="12" r="2.6" fill="currentColor" />
    </svg>
  )
}
