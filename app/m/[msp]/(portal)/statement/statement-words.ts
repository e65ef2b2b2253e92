import type { StatementRow } from '@/lib/reports/statement'
import { methodName } from '@/messages/method-name'
import { type Locale, listOf, wordsIn } from '@/messages/words'

/** What a row of a statement is, in a few words. */
export function rowWords({ kind, numbers, methodLabel }: StatementRow, locale: Locale): string {
  const words = wordsIn(locale)
  const what = words(`statement.kinds.${kind}`, { count: numbers.length, numbers: listOf(numbers, locale) })
  return methodLabel === undefined ? what : `${what}, ${methodName(methodLabel, locale)}`
}
