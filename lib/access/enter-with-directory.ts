import 'server-only'
import { z } from 'zod'
import { withTenant } from '@/lib/base/db'
import { seal, unseal } from '@/lib/base/secrets'
import { getTenant } from '@/lib/tenancy/queries'
import type { Proven } from './directories'
import { openSessionFor, type Where } from './session'
import { type Membership, markIdentityUsed, membershipsOf } from './staff-identities'

export type Entered =
  | { ok: true; cookie: string; isWaiting: boolean }
  /** They work at several MSPs: the person says which. `kept` is for the browser's cookie meanwhile. */
  | { ok: false; because: 'several'; kept: string }
  | { ok: false; because: 'unknown' }

const place = 'directory-several'
const Kept = z.object({
  proven: z.object({
    issuer: z.string(),
    subject: z.string(),
    email: z.string().optional(),
    isEmailProven: z.boolean(),
  }),
  until: z.number(),
})

/** Signs in whoever came back from a directory. A second factor, where there is one, is still to come. */
export async function enterWithDirectory(proven: Proven, where: Where): Promise<Entered> {
  const [member, ...others] = await membershipsOf(proven)
  if (member === undefined) return { ok: false, because: 'unknown' }
  if (others.length === 0) return open(member, proven, where)
  const kept = seal(JSON.stringify({ proven, until: Date.now() + 10 * 60_000 }), place)
  return { ok: false, because: 'several', kept }
}

/** The MSPs to choose from, by name; none when the choice has run out. */
export async function choicesIn(kept: string): Promise<{ tenantId: string; name: string }[]> {
  const proven = readKept(kept)
  if (proven === undefined) return []
  const members = await membershipsOf(proven)
  return Promise.all(
    members.map(async ({ tenantId }) => ({ tenantId, name: (await withTenant(tenantId, getTenant)).name })),
  )
}

/** One of them was chosen. */
export async function enterChosen(kept: string, tenantId: string, where: Where): Promise<Entered> {
  const proven = readKept(kept)
  const members = proven === undefined ? [] : await membershipsOf(proven)
  const member = members.find((one) => one.tenantId === tenantId)
  return proven === undefined || member === undefined ? { ok: false, because: 'unknown' } : open(member, proven, where)
}

async function open(member: Membership, proven: Proven, where: Where): Promise<Entered> {
  return withTenant(member.tenantId, async (tx): Promise<Entered> => {
    await markIdentityUsed(tx, member, proven)
    return { ok: true, ...(await openSessionFor(tx, 'staff', member.staffId, where)) }
  })
}

function readKept(sealed: string): Proven | undefined {
  try {
    const { proven, until } = Kept.parse(JSON.parse(unseal(sealed, place)))
    const { email, ...rest } = proven
    return until > Date.now() ? { ...rest, ...(email === undefined ? {} : { email }) } : undefined
  } catch {
    return undefined
  }
}
