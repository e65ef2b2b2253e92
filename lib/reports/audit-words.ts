import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { type AuditAction, auditActors, auditAreas, auditSubjects, isAuditAction } from '@/lib/tenancy/audit-actions'
import english from '@/messages/en.json'
import { type Locale, type Words, wordsIn } from '@/messages/words'
import type { AuditLine } from './audit-trail'

type Said = Pick<AuditLine, 'action' | 'actorKind' | 'actorName' | 'subjectKind' | 'subjectName' | 'detail'>

/** `refunded a payment`, after the name of who did. An act the trail no longer writes is shown as it was kept. */
export function actWords(action: string, words: Words): string {
  return isAuditAction(action) ? words(`audit.action.${action}`) : plain(action)
}

/** The acts whose words contain what is searched for: the database knows no words. */
export function actsMatching(search: string | undefined, locale: Locale): AuditAction[] {
  if (search === undefined) return []
  const sought = search.toLocaleLowerCase(locale)
  const words = wordsIn(locale)
  return Object.values(auditAreas)
    .flat()
    .filter((action) => words(`audit.action.${action}`).toLocaleLowerCase(locale).includes(sought))
}

/** Who did it: by name, or what they are. */
export function actorWords({ actorKind, actorName }: Said, words: Words): string {
  if (actorName !== null && actorKind !== 'link' && actorKind !== 'checkout') return actorName
  const kind = auditActors.find((known) => known === actorKind)
  const what = kind === undefined ? plain(actorKind) : words(`audit.actor.${kind}`)
  return actorName === null ? what : `${what} (${actorName})`
}

/** `Invoice 20418, Hadley & Moss`: what it was about. */
export function subjectWords({ subjectKind, subjectName }: Said, words: Words): string {
  const kind = auditSubjects.find((known) => known === subjectKind)
  const what = kind === undefined ? plain(subjectKind) : words(`audit.subject.${kind}`)
  return subjectName === null ? what : `${what}: ${subjectName}`
}

export type DetailWords = { before: string[]; after: string[]; rest: string[] }

/** Ids say nothing to a person; where it came from has a column of its own. */
const silent = ['before', 'after', 'ip', 'userAgent', 'currency']

/** The detail in a person's words; amounts in `currency` where the entry names none. */
export function detailWords({ detail }: Pick<AuditLine, 'detail'>, locale: Locale, currency: string): DetailWords {
  const own = typeof detail.currency === 'string' ? detail.currency : currency
  const say = (fields: unknown) => (isObject(fields) ? fieldsOf(fields, locale, own) : [])
  const rest = Object.fromEntries(Object.entries(detail).filter(([name]) => !silent.includes(name)))
  return { before: say(detail.before), after: say(detail.after), rest: say(rest) }
}

function fieldsOf(fields: object, locale: Locale, currency: string): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const said = valueWords(name, value, locale, currency)
    return said === undefined ? [] : [`${fieldWords(name, locale)}: ${said}`]
  })
}

function fieldWords(name: string, locale: Locale): string {
  return isKey(english.audit.field, name) ? wordsIn(locale)(`audit.field.${name}`) : plain(name)
}

function valueWords(name: string, value: unknown, locale: Locale, currency: string): string | undefined {
  const words = wordsIn(locale)
  if (value === null || value === undefined) return words('audit.value.nothing')
  if (typeof value === 'boolean') return words(value ? 'audit.value.yes' : 'audit.value.no')
  if (typeof value === 'object') {
    const parts = Array.isArray(value)
      ? value.flatMap((one) => valueWords(name, one, locale, currency) ?? [])
      : fieldsOf(value, locale, currency)
    return parts.length === 0 ? undefined : parts.join(', ')
  }
  const text = String(value)
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return undefined
  if (name.endsWith('Minor') && /^-?\d+$/.test(text)) return formatMoney(money(BigInt(text), currency), locale)
  return isKey(english.audit.value, text) ? words(`audit.value.${text}`) : text
}

/** `webhookEndpoint.secret_rotated` → `webhook endpoint secret rotated`. */
function plain(code: string): string {
  return code
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[._]/g, ' ')
    .toLowerCase()
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isKey<Known extends object>(known: Known, name: string): name is Extract<keyof Known, string> {
  return Object.hasOwn(known, name)
}
