import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { Typed } from '@/lib/mail/wording'
import type { Locale } from '@/messages/words'

export type Version = { version: number; madeBy: string; madeAt: string; typed: Typed; isOurs: boolean }

type Props = {
  versions: Version[]
  locale: Locale
  /** Puts the words of a version into the fields; absent for who may only look. */
  take: ((typed: Typed) => void) | undefined
}

/** Everything that was ever said here: nothing is overwritten. */
export function HistoryCard({ versions, locale, take }: Props) {
  if (versions.length === 0) return null
  return (
    <Card flush title="Earlier words">
      <ul>
        {versions.map(({ version, madeBy, madeAt, typed, isOurs }, place) => (
          <li key={version} className="grid gap-2 border-hairline border-b px-4 py-3 text-sm last:border-b-0 wide:px-5">
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <p className="text-text-3">
                {place === 0 ? 'In use' : `Version ${version}`}, by {madeBy}, {madeAt}
              </p>
              {take !== undefined && place > 0 && (
                <Button tone="quiet" onClick={() => take(typed)}>
                  Put into the fields
                </Button>
              )}
            </div>
            {isOurs ? (
              <p className="text-text-2">Our words</p>
            ) : (
              <div lang={locale} className="grid gap-1 break-words text-text-2">
                {Object.entries(typed).map(([field, text]) => text !== '' && <p key={field}>{text}</p>)}
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
