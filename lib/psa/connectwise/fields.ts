import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'
import { fromDecimal } from '@/lib/money/wire'
import type { WireCurrency } from './wire'

/** A row that says something we cannot stand behind; the sentence is shown to staff. */
export class Unreadable extends Error {}

/** @throws Unreadable naming each field that is wrong */
export function parse<Wire>(schema: z.ZodType<Wire>, raw: unknown): Wire {
  const read = schema.safeParse(raw)
  if (read.success) return read.data
  throw new Unreadable(
    read.error.issues.map(({ path, message }) => `${path.join('.') || 'The row'}: ${message}`).join('; '),
  )
}

/** A double that stands for whole minor units. @throws Unreadable for a fraction of one */
export function amountOf(field: string, value: number, currency: string): Money {
  return exactly(field, value, currency)
}

/** Prices of one unit, and lines, may carry fractions of a cent: rounded half away from zero. */
export function nearest(field: string, value: number, currency: string): Money {
  return exactly(field, value, currency, 0.5)
}

function exactly(field: string, value: number, currency: string, slack?: number): Money {
  try {
    return fromDecimal(value, currency, slack)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Unreadable(`${field}: ${error.message}`)
  }
}

/** A day that every month has: nearly all are, and to see that costs a fiftieth of asking the calendar. */
const plainDay = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/

/** Midnight in UTC stands for a calendar date: its first ten letters, never shifted by a zone. */
export function dateOf(field: string, value: string | null | undefined): PlainDate | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const day = value.slice(0, 10)
  if (plainDay.test(day)) return day
  try {
    return Temporal.PlainDate.from(day).toString()
  } catch {
    throw new Unreadable(`${field}: ${value} is not a date`)
  }
}

/** The ISO code. Some tenants keep it as the identifier. */
export function currencyOf(wire: z.infer<typeof WireCurrency> | null | undefined): string | undefined {
  return [wire?.currencyCode, wire?.currencyIdentifier].find((code) => /^[A-Z]{3}$/.test(code ?? '')) ?? undefined
}

/** At most six places, no exponent, no trailing zeros. */
export function quantityText(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '') || '0'
}

/** The first address in a field that may hold several, if any is one. */
export function emailOf(value: string): string | undefined {
  return value
    .toLowerCase()
    .split(/[;,\s]+/)
    .find((part) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(part))
}
