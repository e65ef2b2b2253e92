import type { OtherWaysFacts } from './checkout'

/** How to pay by check or wire, in the MSP’s own words. */
export function OtherWays({ text, note }: OtherWaysFacts) {
  return (
    <div className="grid gap-1">
      <p className="whitespace-pre-line">{text}</p>
      {note !== undefined && <p>{note}</p>}
    </div>
  )
}
