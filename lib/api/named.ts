import { z } from 'zod'

/** What the OpenAPI document calls a schema, and says of it. */
export type Named = { id: string; description: string; examples?: unknown[] }

/** The schemas that have a name of their own in the OpenAPI document; wherever they occur it refers to them. */
export const named = z.registry<Named>()

/** An id of ours, as everywhere in the API. */
export const Id = z.uuid().describe('UUID, in small letters.')

/** An instant: ISO 8601 in UTC. */
export const Instant = z.iso.datetime().describe('ISO 8601, in UTC.')

/** The same as it may be sent to us: with any offset. */
export const Since = z.iso.datetime({ offset: true })

/** A calendar date in the MSP's time zone. */
export const Day = z.iso.date().describe('A calendar date, `YYYY-MM-DD`.')

export function toInstant(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null
}
