import 'server-only'
import { createCheckoutSession } from '@/lib/access/checkout-session'
import { forgive, throttle } from '@/lib/access/throttle'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { type InvoiceProof, type ProvenInvoice, provesInvoice } from './invoice-proof'

export type LookedUp =
  | { ok: true; token: string; expiresAt: Date }
  /** One answer for a number nobody has, a proof that does not fit, and an invoice that is paid or void. */
  | { ok: false; because: 'no-match' }
  | { ok: false; because: 'wait'; retryAfterSeconds: number }

type Candidate = ProvenInvoice & { id: string; isOpen: boolean }

/** A PSA may use a number twice. The proof is held against as many, however many there are, so that the work is the same. */
const heldAgainst = 4
/** Against this the proof is held where there is none. */
const nothing: Candidate = {
  id: '',
  isOpen: false,
  totalMinor: -2n,
  balanceMinor: -2n,
  currency: 'USD',
  postalCode: '',
}

/**
 * Finds the open invoice of somebody who has it before them: its number, and its amount or the postal code it was sent to.
 *
 * Guessing is held up in two ways, neither of which keeps the right person out. A network that was wrong ten times waits
 * ten minutes; nobody else does. A number that was guessed at thirty times within a day, from wherever, takes both facts
 * together from then on. Both count what was typed, whether or not there is such an invoice, and what is right costs nothing.
 * @param network whom limits count by, see lib/base/client-address.ts
 */
export async function lookUpInvoice(
  tenantId: string,
  asked: { number: string } & InvoiceProof,
  network: string,
): Promise<LookedUp> {
  const number = asked.number.trim().replace(/^#\s*/, '')
  const [byNetwork, byNumber] = [
    [tenantId, network],
    [tenantId, number.toLowerCase()],
  ] as const
  const turn = await throttle('lookUp', ...byNetwork)
  if (!turn.ok) return { ok: false, because: 'wait', retryAfterSeconds: turn.retryAfterSeconds }
  const guesses = await throttle('lookUpNumber', ...byNumber)
  const found = await withTenant(tenantId, async (tx) => {
    const rows = await tx.rows<Candidate>(sql`
      select i.id, i.total_minor, i.balance_minor, i.currency, coalesce(c.address ->> 'postalCode', '') as postal_code,
        i.kind = 'invoice' and i.state = 'open' and i.balance_minor > 0 as is_open
      from invoices i join clients c on c.tenant_id = i.tenant_id and c.id = i.client_id
      where i.tenant_id = ${tx.tenantId} and i.number = ${number} order by i.balance_minor = 0, i.id limit ${heldAgainst}`)
    const candidates = [...rows, ...Array.from({ length: heldAgainst - rows.length }, () => nothing)]
    const proven = candidates.filter((one) => provesInvoice(one, asked, !guesses.ok) && one.isOpen)
    const [only, second] = proven
    return only !== undefined && second === undefined
      ? createCheckoutSession(tx, { scope: 'invoices', invoiceIds: [only.id] }, { kind: 'look_up' })
      : undefined
  })
  if (found === undefined || !found.ok) return { ok: false, because: 'no-match' }
  await forgive('lookUp', ...byNetwork)
  await forgive('lookUpNumber', ...byNumber)
  return { ok: true, token: found.token, expiresAt: found.expiresAt }
}
