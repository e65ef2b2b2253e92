import { Notice } from '@/components/ui/notice'
import type { Hold } from '@/lib/billing/holds'
import { formatMoney } from '@/lib/money/format'
import { type Locale, wordsIn } from '@/messages/words'

/** What of an invoice waits for an answer, and why. */
export function HoldNotice({ holds, msp, locale }: { holds: Hold[]; msp: string; locale: Locale }) {
  const words = wordsIn(locale)
  return holds.map(({ id, amount, reason, isClients }) => (
    <Notice
      key={id}
      tone="talk"
      title={words(isClients ? 'question.openTitle' : 'question.heldTitle', {
        amount: formatMoney(amount, locale),
        name: msp,
      })}
    >
      <p>{reason}</p>
      <p className="text-text-2">{words('question.rest')}</p>
    </Notice>
  ))
}
