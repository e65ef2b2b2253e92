/** Who is asking. It comes first in every call and carries the tenant. */
export type Actor =
  | { kind: 'staff'; tenantId: string; staffId: string; role: 'owner' | 'finance' | 'viewer' }
  | { kind: 'contact'; tenantId: string; contactId: string; clientId: string; role: 'owner' | 'payer' | 'viewer' }
  /** Whoever holds a mailed link: one invoice, nothing else. */
  | { kind: 'link'; tenantId: string; linkId: string; invoiceId: string; clientId: string }
  /** We ourselves, with the reason. */
  | { kind: 'system'; tenantId: string; reason: string }

/** The name an actor goes by in the audit trail. */
export function actorName(actor: Actor): { kind: string; id?: string } {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.staffId }
    case 'contact':
      return { kind: 'contact', id: actor.contactId }
    case 'link':
      return { kind: 'link', id: actor.linkId }
    case 'system':
      return { kind: 'system', id: actor.reason }
  }
}

/** Whether the actor may see what belongs to this client. */
export function maySeeClient(actor: Actor, clientId: string): boolean {
  return actor.kind === 'staff' || actor.kind === 'system' || actor.clientId === clientId
}

/** Whether the actor may see this invoice: a link sees its one, a contact those of the own client. */
export function maySeeInvoice(actor: Actor, invoice: { id: string; clientId: string }): boolean {
  return actor.kind === 'link' ? actor.invoiceId === invoice.id : maySeeClient(actor, invoice.clientId)
}

/** Whether the actor may set a payment in motion. */
export function mayPay(actor: Actor): boolean {
  return actor.kind === 'link' || actor.kind === 'system' || actor.role !== 'viewer'
}

/** Whether the actor may change how the MSP works: connections, settings, refunds. */
export function mayManage(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.role !== 'viewer'
}
