import type { PlainDate } from '@/lib/base/clock'

export type Period = { from: PlainDate; to: PlainDate }

/** The period the address asks for; this month until today where it asks for none, or for none there is. */
export function periodOf(asked: { from?: string | undefined; to?: string | undefined }, today: PlainDate): Period {
  const from = dateOf(asked.from) ?? `${today.slice(0, 8)}01`
  const to = dateOf(asked.to) ?? today
  return from <= to ? { from, to } : { from: to, to: from }
}

function dateOf(text: string | undefined): PlainDate | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? undefined : text
}
