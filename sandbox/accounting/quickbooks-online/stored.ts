import type { Content, EntityName } from './schema/schemas.ts'

/** A record as kept. Seeded ones say how to write their content and are written only when somebody reads them. */
export type Stored<E extends EntityName = EntityName> = {
  entity: E
  id: string
  syncToken: number
  /** Milliseconds since 1970, whole seconds. */
  createdAt: number
  updatedAt: number
  content: Content<E> | (() => Content<E>)
}

export function contentOf<E extends EntityName>(stored: Stored<E>): Content<E> {
  return typeof stored.content === 'function' ? stored.content() : stored.content
}

export type ChangeKind = 'created' | 'updated' | 'deleted' | 'voided'

export type Change = { entity: EntityName; id: string; kind: ChangeKind; at: number }
