import type { PlainDate } from '@/lib/base/clock'
import { type MethodView, standingOfMethod } from '@/lib/payments/method'
import { formatDay } from '@/messages/date'
import { type Locale, wordsIn } from '@/messages/words'

/** Why something saved cannot be charged, and the cure; nothing when it can. */
export function methodProblem(method: MethodView, locale: Locale, today: PlainDate): string | undefined {
  const words = wordsIn(locale)
  switch (standingOfMethod(method, today)) {
    case 'blocked':
      return words(reasonOf(method.blockedReason ?? ''))
    case 'expired':
      return words('methods.expired', { date: formatDay(method.expiresOn ?? today, locale, 'plain', today) })
    default:
      return undefined
  }
}

function reasonOf(code: string) {
  if (/closed/.test(code)) return 'methods.blockedClosed' as const
  if (/insufficient/.test(code)) return 'methods.blockedFunds' as const
  if (/authorized|unauthorized|revoked/.test(code)) return 'methods.blockedUnauthorized' as const
  return 'methods.blocked' as const
}
