import type { z } from 'zod'
import { listSchemas } from './lists.ts'
import { transactionSchemas } from './transactions.ts'

export const schemas = { ...transactionSchemas, ...listSchemas }

export type EntityName = keyof typeof schemas
type TransactionName = keyof typeof transactionSchemas
export type Content<E extends EntityName> = z.infer<(typeof schemas)[E]>

export const entityNames = Object.keys(schemas).filter((name): name is EntityName => name in schemas)

/** The address of an entity is its name in lower case. */
export function entityAt(segment: string): EntityName | undefined {
  return entityNames.find((name) => name.toLowerCase() === segment)
}

export function isTransaction(entity: EntityName): entity is TransactionName {
  return entity in transactionSchemas
}
