import 'server-only'
import { type Actor, actorName, mayAct, mayManage, maySeeInvoice } from '@/lib/access/actor'
import { now, todayIn } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId, newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { announce } from '@/lib/events/announce'
import { raise } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import { audit } from '@/lib/tenancy/audit'
import { getTenant } from '@/lib/tenancy/queries'
import { inOneLine } from './in-one-line'

export type SaidInHold = 'said' | 'no-words' | 'closed'

/**
 * Says something about what is on hold: staff answer, the client writes back. It stands on both their pages and as a note
 * in the PSA; what staff say is mailed to whoever asked, what the client says is put before staff.
 * @throws Fault not-found when the hold is not the actor's to speak of
 */
export async function sayInHold(actor: Actor, asked: { holdId: string; text: string }): Promise<SaidInHold> {
  const text = inOneLine(asked.text)
  return withTenant(actor.tenantId, async (tx) => {
    const hold = isId(asked.holdId) ? await readHold(tx, asked.holdId) : undefined
    const isTheirs =
      hold !== undefined && mayAct(actor) && maySeeInvoice(actor, { id: hold.invoiceId, clientId: hold.clientId })
    if (!isTheirs || (actor.kind === 'staff' && !mayManage(actor))) throw new Fault('not-found', 'No such question')
    if (text === '') return 'no-words'
    if (hold.closedAt !== null) return 'closed'
    const by = actorName(actor)
    const messageId = newId()
    const at = now()
    await tx.run(sql`
      insert into hold_messages (tenant_id, id, hold_id, said_by, actor_id, text, said_at)
      values (${tx.tenantId}, ${messageId}, ${hold.id}, ${by.kind}, ${by.id ?? null}, ${text}, ${at})`)
    const isStaff = by.kind === 'staff'
    const { timeZone } = await getTenant(tx)
    const note = `${todayIn(timeZone, at)} ${isStaff ? 'Answer to the client' : 'The client writes'}: ${text}`
    await announce(tx, { kind: 'note.due', invoiceId: hold.invoiceId, text: note }, `hold-said:${messageId}`)
    if (isStaff) await announce(tx, { kind: 'question.answered', holdId: hold.id, messageId }, messageId)
    await putBefore(tx, hold, isStaff ? 'answered' : 'asked', text)
    await audit(tx, by, 'invoice.hold_discussed', { kind: 'invoice', id: hold.invoiceId }, { holdId: hold.id, text })
    return 'said'
  })
}

type HoldRow = {
  id: string
  invoiceId: string
  clientId: string
  number: string
  amountMinor: bigint
  currency: string
  openedBy: string
  closedAt: Date | null
}

function readHold(tx: Tx, holdId: string): Promise<HoldRow | undefined> {
  return tx.row<HoldRow>(sql`
    select h.id, h.invoice_id, i.client_id, i.number, h.amount_minor, i.currency, h.opened_by, h.closed_at
    from invoice_holds h join invoices i on i.tenant_id = h.tenant_id and i.id = h.invoice_id
    where h.tenant_id = ${tx.tenantId} and h.id = ${holdId} for update of h`)
}

/** A question stays before staff until it is closed: money waits for it. */
async function putBefore(tx: Tx, hold: HoldRow, what: 'asked' | 'answered', text: string): Promise<void> {
  if (hold.openedBy === 'staff' && what === 'answered') return
  const amount = money(hold.amountMinor, hold.currency)
  const words = formatMoney(amount, 'en-US')
  const says = what === 'asked' ? 'The client writes' : 'You answered'
  await raise(tx, {
    cause: 'question',
    subject: { kind: 'invoice', id: hold.invoiceId },
    clientId: hold.clientId,
    amount,
    detail: `About invoice ${hold.number}, ${words}. ${says}: ${text}`,
    nextStep:
      what === 'asked'
        ? 'Answer the client, then close the question on the invoice.'
        : 'Close the question on the invoice once the client is content: the amount waits until then.',
  })
}
