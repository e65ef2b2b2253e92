import { type PlainDate, todayIn } from '@/lib/base/clock'
import type { PaperView } from '@/lib/papers/paper'
import type { MandateView } from '@/lib/payments/method'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import type { DocumentRow } from './documents-card'

/** A paper as it is named where it is handed out, with its year, when it came and how large it is. */
export function paperRow(visitor: Visitor, { id, title, year, bytes, createdAt }: PaperView): DocumentRow {
  const { locale, href } = visitor
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return {
    href: href(`/documents/${id}/pdf`),
    name: year === undefined ? title : `${title}, ${year}`,
    note: wordsIn(locale)('documents.addedOn', {
      date: dayOf(visitor, createdAt),
      size: size.format(Math.max(1, bytes / 1000)),
    }),
  }
}

/** The proof of what was authorized, and until when where it no longer holds. */
export function mandateRow(visitor: Visitor, { id, kind, label, acceptedAt, revokedAt }: MandateView): DocumentRow {
  const words = wordsIn(visitor.locale)
  const what = words(`methods.kind.${kind}`)
  const given = words('documents.givenOn', { date: dayOf(visitor, acceptedAt) })
  return {
    href: visitor.href(`/methods/mandates/${id}/pdf`),
    name: label === undefined ? what : words('methods.kindOf', { kind: what, label }),
    note:
      revokedAt === undefined ? given : `${given} ${words('documents.endedOn', { date: dayOf(visitor, revokedAt) })}`,
  }
}

/** Statements of the periods people file by: this year so far, and the year before. */
export function statementRows({ locale, today, href }: Visitor): DocumentRow[] {
  const words = wordsIn(locale)
  const year = Number(today.slice(0, 4))
  const periods: [from: PlainDate, to: PlainDate, name: string][] = [
    [`${year}-01-01`, today, words('documents.thisYear', { year: String(year) })],
    [`${year - 1}-01-01`, `${year - 1}-12-31`, words('documents.wholeYear', { year: String(year - 1) })],
  ]
  return periods.map(([from, to, name]) => ({
    href: href('/statement/pdf', { from, to }),
    name,
    note: words('statement.period', {
      from: formatDay(from, locale, 'document', today),
      to: formatDay(to, locale, 'document', today),
    }),
  }))
}

function dayOf({ tenant, locale, today }: Visitor, at: Date): string {
  return formatDay(todayIn(tenant.timeZone, at), locale, 'document', today)
}
