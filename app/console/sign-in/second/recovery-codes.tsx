import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { goIn } from './enrol'

/** Shown this once, where there are any; then onward, by default into the console. */
export function RecoveryCodes({ codes, onward }: { codes: string[]; onward?: string | undefined }) {
  const word = codes.length === 0 ? 'Continue' : 'I stored them'
  return (
    <div className="grid gap-4">
      <Notice tone="good" role="status" title={codes.length === 0 ? 'It is added.' : 'Keep these recovery codes.'}>
        {codes.length > 0 && 'Each opens the door once when your device is lost. They are not shown again.'}
      </Notice>
      {codes.length > 0 && (
        <ul aria-label="Recovery codes" className="mono grid gap-1 rounded-sm bg-sunken p-3 text-sm">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      )}
      {onward === undefined ? (
        <form action={goIn}>
          <SubmitButton size="block" busy="Opening the console">
            {word}
          </SubmitButton>
        </form>
      ) : (
        // Not a link of the router: the page it leads to is to be read anew.
        <a href={onward} className={buttonLook('primary', 'block')}>
          {word}
        </a>
      )}
    </div>
  )
}
