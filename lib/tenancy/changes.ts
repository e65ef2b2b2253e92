import { json } from '@/lib/base/sql'

export type Changes = { before: Record<string, unknown>; after: Record<string, unknown> }

/** What differs between two states of the same thing, for the audit trail: what stayed as it was is left out. */
export function changes(before: object, after: object): Changes {
  const [old, made] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const changed = [...new Set([...old.keys(), ...made.keys()])].filter(
    (name) => json(old.get(name) ?? null) !== json(made.get(name) ?? null),
  )
  const only = (all: Map<string, unknown>) => Object.fromEntries(changed.map((name) => [name, all.get(name) ?? null]))
  return { before: only(old), after: only(made) }
}
