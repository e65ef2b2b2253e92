import type { AuditBy } from '@/lib/tenancy/audit-actions'
import type { ApiScope } from './api-key'

/** Who is asking. It comes first in every call and carries the tenant. */
export type Actor =
  | {
      kind: 'staff'
      tenantId: string
      staffId: string
      role: 'owner' | 'finance' | 'viewer'
      sessionId?: string
      /** When they last proved who they are. */
      provedAt?: Date | null
    }
  | {
      kind: 'contact'
      tenantId: string
      contactId: string
      clientId: string
      role: 'owner' | 'payer' | 'viewer'
      sessionId?: string
    }
  /** A member of staff who looks at the portal as a client sees it: they read what the client reads, and write nothing. */
  | {
      kind: 'onlooker'
      tenantId: string
      viewId: string
      staffId: string
      sessionId: string
      clientId: string
      expiresAt: Date
    }
  /** Whoever holds a mailed link: one invoice, nothing else. */
  | { kind: 'link'; tenantId: string; linkId: string; invoiceId: string; clientId: string }
  /** Whoever holds the link of a statement: of one client these invoices, nothing else. */
  | { kind: 'link'; tenantId: string; linkId: string; invoiceIds: readonly string[]; clientId: string }
  /** Whoever holds a session of the widget: one client, and of it what the scope says. */
  | { kind: 'checkout'; tenantId: string; sessionId: string; clientId: string; scope: CheckoutScope }
  /** A program of the MSP's, by its secret key. It sees all of its MSP; what it may do, its scopes say. */
  | { kind: 'api'; tenantId: string; keyId: string; scopes: readonly ApiScope[] }
  /** We ourselves, with the reason. */
  | { kind: 'system'; tenantId: string; reason: string }

/** What a session of the widget is for. */
export type CheckoutScope = { kind: 'invoices'; invoiceIds: readonly string[] } | { kind: 'open' } | { kind: 'method' }

/** The name an actor goes by in the audit trail, with the session that says from where. */
export function actorName(actor: Actor): AuditBy {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.staffId, ...sessionOf(actor) }
    case 'contact':
      return { kind: 'contact', id: actor.contactId, ...sessionOf(actor) }
    case 'onlooker':
      // It is the person who did it, not the client they looked at.
      return { kind: 'staff', id: actor.staffId, sessionId: actor.sessionId }
    case 'link':
      return { kind: 'link', id: actor.linkId }
    case 'checkout':
      return { kind: 'checkout', id: actor.sessionId }
    case 'api':
      return { kind: 'api', id: actor.keyId }
    case 'system':
      return { kind: 'system', id: actor.reason }
  }
}

function sessionOf({ sessionId }: { sessionId?: string }): { sessionId?: string } {
  return sessionId === undefined ? {} : { sessionId }
}

/** Whether the actor may see every client of its MSP. */
export function seesAll(actor: Actor): actor is Extract<Actor, { kind: 'staff' | 'api' | 'system' }> {
  return actor.kind === 'staff' || actor.kind === 'api' || actor.kind === 'system'
}

/** Whether the actor may see what belongs to this client. */
export function maySeeClient(actor: Actor, clientId: string): boolean {
  return seesAll(actor) || actor.clientId === clientId
}

/** Whether the actor may see this invoice: a link sees its own, a session those it names, a contact those of the own client. */
export function maySeeInvoice(actor: Actor, invoice: { id: string; clientId: string }): boolean {
  const only = onlyInvoices(actor)
  return only === undefined ? maySeeClient(actor, invoice.clientId) : only.includes(invoice.id)
}

/** The invoices an actor is limited to by name; undefined for one who is not. */
export function onlyInvoices(actor: Actor): readonly string[] | undefined {
  if (actor.kind === 'link') return 'invoiceId' in actor ? [actor.invoiceId] : actor.invoiceIds
  if (actor.kind !== 'checkout' || actor.scope.kind === 'open') return undefined
  return actor.scope.kind === 'invoices' ? actor.scope.invoiceIds : []
}

/** Whether the actor holds something and has not said who it is: it may pay, and is shown nothing that was saved. */
export function isGuest(actor: Actor): boolean {
  return actor.kind === 'link' || actor.kind === 'checkout'
}

/** Whether the actor may set anything in motion at all. Whoever looks on may not, whatever the verb. */
export function mayAct(actor: Actor): boolean {
  return actor.kind !== 'onlooker'
}

/** Whether the actor may set a payment in motion. A program only asks for one; a person pays. */
export function mayPay(actor: Actor): boolean {
  if (actor.kind === 'api' || actor.kind === 'onlooker') return false
  if (actor.kind === 'link' || actor.kind === 'system') return true
  return actor.kind === 'checkout' ? actor.scope.kind !== 'method' : actor.role !== 'viewer'
}

/** Whether the actor may have a way to pay kept: whoever pays for a client under their name, or was let in for this alone. */
export function maySave(actor: Actor): boolean {
  if (actor.kind === 'contact') return mayPay(actor)
  return actor.kind === 'checkout' && actor.scope.kind === 'method'
}

/** Whether the actor may change how the MSP works: connections, settings, refunds. */
export function mayManage(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.role !== 'viewer'
}

/** Whether the actor may read the audit trail: it says who did what from where, of everybody. */
export function mayReadTrail(actor: Actor): boolean {
  return mayManage(actor)
}

/** Whether the actor may make and end secret keys: whoever holds one sees everything the MSP has. */
export function mayKeepKeys(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.role === 'owner'
}
