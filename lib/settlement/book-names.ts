import { z } from 'zod'
import type { AccountRole } from '@/lib/connectors/contract'

// The settings belong to the room of the accounting systems; only names are taken from them here.
const Names = z.object({
  mapping: z.record(z.string(), z.string()).catch({}).default({}),
  accounts: z
    .array(z.object({ externalId: z.string(), name: z.string() }))
    .catch([])
    .default([]),
})
const roles: AccountRole[] = [
  'clearing',
  'bank',
  'processor_fees',
  'receivable',
  'surcharge_income',
  'disputed',
  'write_offs',
]

/** What the chosen accounts are called in the books, by role. */
export function bookNames(settings: unknown): Map<AccountRole, string> {
  const { mapping, accounts } = Names.parse(settings)
  const names = new Map(accounts.map(({ externalId, name }) => [externalId, name]))
  return new Map(
    roles.flatMap((role) => {
      const name = names.get(mapping[role] ?? '')
      return name === undefined ? [] : [[role, name] as const]
    }),
  )
}
