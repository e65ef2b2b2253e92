const corners = [
  { name: 'Square', radius: 0 },
  { name: 'Slight', radius: 3 },
  { name: 'Soft', radius: 10 },
  { name: 'Round', radius: 14 },
] as const

/** How round a client's buttons and cards are. */
export function CornerChoice({ radius, onChange }: { radius: number; onChange: (radius: number) => void }) {
  const isOther = corners.every((corner) => corner.radius !== radius)
  const choices = isOther ? [...corners, { name: 'As now', radius }] : corners
  return (
    <fieldset className="min-w-0 wide:col-span-2">
      <legend className="pb-1.5 font-medium text-sm leading-[18px]">Corners</legend>
      <div className="grid grid-cols-2 gap-2 wide:flex">
        {choices.map((corner) => (
          <label
            key={corner.radius}
            className="grid min-h-14 cursor-pointer place-items-center gap-1 rounded-md border border-hairline-strong bg-surface px-1 py-2 text-text-2 text-xs wide:flex-1 has-checked:border-ink has-checked:font-medium has-checked:text-text has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="corners"
              value={corner.radius}
              checked={corner.radius === radius}
              onChange={() => onChange(corner.radius)}
              className="sr-only"
            />
            <span
              aria-hidden
              className="h-4 w-6.5 border-current border-t-2 border-l-2"
              style={{ borderTopLeftRadius: corner.radius }}
            />
            {corner.name}, {corner.radius} px
          </label>
        ))}
      </div>
    </fieldset>
  )
}
