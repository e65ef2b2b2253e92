import { Button } from '@/components/ui/button'
import { CheckField } from '@/components/ui/check-field'
import { Key } from '@/components/ui/key'

const keys: [keys: string[], does: string][] = [
  [['J', 'K'], 'Next row, previous row'],
  [['Enter'], 'Open the row'],
  [['X'], 'Select the row'],
  [['/'], 'Filter this list'],
  [['Ctrl', 'K'], 'Find a client or an invoice'],
  [['G', 'T'], 'Go to today'],
  [['G', 'C'], 'Go to clients'],
  [['G', 'I'], 'Go to invoices'],
  [['G', 'P'], 'Go to payments'],
  [['G', 'S'], 'Go to settlements'],
  [['G', 'O'], 'Go to tie-out'],
  [['Esc'], 'Close'],
]

/** Opened by “?”. */
export function KeysDialog() {
  return (
    <dialog
      id="keys"
      aria-labelledby="keys-title"
      className="m-auto w-full max-w-sm rounded-lg border border-hairline bg-raised p-5 text-text shadow-3 backdrop:bg-black/40"
    >
      <h2 id="keys-title" className="h2">
        Keys
      </h2>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
        {keys.map(([pressed, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {pressed.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dt>
            <dd className="text-text-2">{does}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 border-hairline border-t pt-4 text-sm">
        <CheckField id="single-keys" hint="Enter, Esc and Ctrl K work either way. This browser remembers it.">
          Single keys are on
        </CheckField>
      </div>
      <form method="dialog" className="mt-5">
        <Button type="submit">Close</Button>
      </form>
    </dialog>
  )
}
