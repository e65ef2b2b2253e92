import { z } from 'zod'
import type { PlainDate } from '@/lib/base/clock'
import { isId } from '@/lib/base/ids'
import {
  type AuditAction,
  type AuditSubject,
  auditActors,
  auditAreas,
  auditSubjects,
  isAuditAction,
  isAuditArea,
} from '@/lib/tenancy/audit-actions'

/** What a person asks of the audit trail. */
export type AuditFilter = {
  /** One actor, or all of a kind. */
  who?: { kind: (typeof auditActors)[number]; id?: string }
  actions?: readonly AuditAction[]
  object?: { kind: AuditSubject; id: string }
  /** Whole days in the MSP's time zone, both counted in. */
  from?: PlainDate
  to?: PlainDate
  search?: string
}

/** A word of an address; one that is said twice is not said. */
const word = z.string().optional().catch(undefined)
/** The same as it stands in an address. */
export const AuditSearch = z.object({ who: word, what: word, object: word, from: word, to: word, q: word })
export type AuditSearch = z.infer<typeof AuditSearch>

/** Reads an address: what does not hold together is left out, so that a mangled one shows more and never fails. */
export function readAuditFilter({ who, what, object, from, to, q }: AuditSearch): AuditFilter {
  const actions = actionsOf(what)
  const person = whoOf(who)
  const about = objectOf(object)
  const search = q?.trim().slice(0, 80)
  return {
    ...(person === undefined ? {} : { who: person }),
    ...(actions === undefined ? {} : { actions }),
    ...(about === undefined ? {} : { object: about }),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(search === undefined || search === '' ? {} : { search }),
  }
}

function whoOf(text = ''): AuditFilter['who'] {
  const [word, id = ''] = text.split(':')
  const kind = auditActors.find((known) => known === word)
  if (kind === undefined) return undefined
  return id === '' ? { kind } : isId(id) ? { kind, id } : undefined
}

function actionsOf(text = ''): AuditFilter['actions'] {
  if (isAuditArea(text)) return auditAreas[text]
  return isAuditAction(text) ? [text] : undefined
}

function objectOf(text = ''): AuditFilter['object'] {
  const [word, id = ''] = text.split(':')
  const kind = auditSubjects.find((known) => known === word)
  return kind !== undefined && isId(id) ? { kind, id } : undefined
}

/** A day there is: `2026-02-30` is none. */
function isDay(text: string | undefined): text is PlainDate {
  if (text === undefined || !/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
