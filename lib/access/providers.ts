import 'server-only'
import { z } from 'zod'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { seal, unseal } from '@/lib/base/secrets'
import { type Sql, sql } from '@/lib/base/sql'
import { addressOf } from '@/lib/tenancy/tenant-address'
import type { ContactActor } from './require-contact'

/** Another MSP at which whoever is in this session comes in too, by the same proven address. */
export type Provider = { slug: string; name: string }

/** How long the address that is taken along to another MSP's door is shown there: a way across takes seconds. */
const introductionMs = 5 * 60_000

/**
 * Those MSPs: `slug`, `name`, and `host` where they have one of their own, a row each. As between clients
 * (`switch-client.ts`), what they have in common is a mailbox that this session proved. The function in the database
 * alone looks past row-level security: it takes no address and answers for a session of the own tenant only.
 */
export function otherProviders(tenantId: string, personId: string, sessionId: string | undefined): Sql {
  return sql`select slug, name, host from providers_of_person(${tenantId}, ${personId}, ${sessionId ?? null})`
}

const placeOf = (slug: string) => `introduction:${slug}`
const Introduction = z.object({ email: z.string(), until: z.number() })

/**
 * Where to go for another MSP's portal: its door, which lets in whoever has a session there and shows the others their
 * address already typed. It opens nothing. The audit trail is not told: it is the MSP's, and where else its client's
 * people are clients is none of its business.
 * @throws Fault not-found for an MSP at which this session's person is nobody
 */
export async function addressAtProvider(actor: ContactActor, slug: string): Promise<string> {
  const { tenantId, contactId, sessionId } = actor
  const there = await withTenant(tenantId, (tx) =>
    tx.row<Provider & { host: string | null; email: string }>(sql`
      select o.slug, o.name, o.host, s.proven_email as email
      from (${otherProviders(tx.tenantId, contactId, sessionId)}) as o
        join sessions s on s.tenant_id = ${tx.tenantId} and s.id = ${sessionId ?? null}
      where o.slug = ${slug}`),
  )
  if (there === undefined) throw new Fault('not-found', 'No such provider')
  const introduction: z.infer<typeof Introduction> = {
    email: there.email,
    until: now().getTime() + introductionMs,
  }
  return `${addressOf(there)}/sign-in?as=${seal(JSON.stringify(introduction), placeOf(slug))}`
}

/** The address somebody brings along to this MSP's door; none when it was made for another door, changed, or is old. */
export function introducedAs(slug: string, sealed: string): string | undefined {
  try {
    const { email, until } = Introduction.parse(JSON.parse(unseal(sealed, placeOf(slug))))
    return now().getTime() < until ? email : undefined
  } catch {
    return undefined
  }
}
