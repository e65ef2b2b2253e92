import { Eye } from 'lucide-react'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatInstant } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { leaveView } from './leave-view'
import type { Visitor } from './visitor'

/** Above every page for staff who look on: whose portal it is, who looks, until when, and the way out. */
export function OnlookerBar({ visitor: { actor, tenant, locale, person, company } }: { visitor: Visitor }) {
  if (actor.kind !== 'onlooker') return null
  const words = wordsIn(locale)
  return (
    <aside aria-label={words('onlooker.title')} className="border-warn-line border-b bg-warn-bg text-warn print:hidden">
      <div className="mx-auto flex max-w-270 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 wide:px-6">
        <Eye aria-hidden size={18} className="flex-none" />
        <p className="min-w-0 flex-1 basis-72 text-md">
          {words('onlooker.who', {
            company,
            name: person,
            time: formatInstant(actor.expiresAt, locale, tenant.timeZone),
          })}
        </p>
        <form action={leaveView.bind(null, tenant.slug)}>
          <SubmitButton tone="plain" busy={words('onlooker.leaving')}>
            {words('onlooker.leave')}
          </SubmitButton>
        </form>
      </div>
    </aside>
  )
}
