/**
 * Everything that is written into the audit trail, by what it is about. `audit` takes nothing that is not here, and the
 * words for each are found under the same key in messages/: an act without words does not compile.
 */
export const auditAreas = {
  access: [
    'sign_in.asked',
    'sign_in.wrong_code',
    'session.opened',
    'session.closed',
    'session.revoked',
    'sessions.revoked',
    'factor.added',
    'factor.removed',
    'factor.shown',
    'factor.refused',
    'factor.required',
    'factor.reset',
    'recovery_codes.made',
    'staff.invited',
    'staff.role_changed',
    'staff.removed',
    'contact.invited',
    'contact.role_changed',
    'contact.removed',
    'contact.language_chosen',
    'contact.notices_chosen',
    'contact.statement_chosen',
    'personal_data.exported',
    'erasure.asked',
    'erasure.withdrawn',
    'erasure.done',
    'erasure.declined',
    'identity.added',
    'identity.removed',
    'portal.viewed',
    'portal.view_left',
    'portal.switched_to',
    'portal.switched_from',
    'audit.exported',
  ],
  money: [
    'payment.authorized',
    'payment.refund_asked',
    'approval.asked',
    'approval.approved',
    'approval.declined',
    'approval.withdrawn',
    'approval.expired',
    'second_person.set',
    'credit.used',
    'schedule.set',
    'schedule.moved',
    'schedule.canceled',
    'autopay.started',
    'autopay.ended',
    'method.saved',
    'method.named',
    'method.preferred',
    'method.replaced',
    'method.removed',
    'agreement.method_chosen',
    'agreement.method_authorized',
  ],
  invoices: [
    'invoice.sent',
    'invoice.held',
    'invoice.hold_discussed',
    'invoice.hold_lifted',
    'statement.sent',
    'pay_link.made',
    'pay_link.forwarded',
    'pay_link.revoked',
  ],
  settings: [
    'settings.saved',
    'brand.published',
    'mail_words.saved',
    'host.asked',
    'host.pending',
    'host.verified',
    'host.lost',
    'host.removed',
    'widget.origin_added',
    'widget.origin_removed',
    'paper.added',
    'paper.replaced',
    'paper.withdrawn',
    'retention.set',
  ],
  systems: [
    'connection.saved',
    'connection.connected',
    'connection.disconnected',
    'psa.connected',
    'psa.disconnected',
    'books.accounts_chosen',
    'posting.reposted',
    'write_back.repeated',
    'api_key.made',
    'api_key.rotated',
    'api_key.revoked',
    'checkout.opened',
    'checkout.revoked',
    'webhook_endpoint.added',
    'webhook_endpoint.changed',
    'webhook_endpoint.removed',
    'webhook_endpoint.secret_rotated',
    'webhook.sent_again',
  ],
} as const

export type AuditArea = keyof typeof auditAreas
export type AuditAction = (typeof auditAreas)[AuditArea][number]

/** What an act is about. */
export const auditSubjects = [
  'agreement',
  'api_key',
  'attempt',
  'autopay',
  'checkout',
  'client',
  'connection',
  'contact',
  'invoice',
  'method',
  'paper',
  'posting',
  'scheduled_payment',
  'session',
  'sign_in',
  'staff',
  'tenant',
  'webhook_delivery',
  'webhook_endpoint',
  'widget_origin',
  'write_back',
] as const
export type AuditSubject = (typeof auditSubjects)[number]

/** Who may stand in the trail: the kinds of actor (lib/access/actor.ts). */
export const auditActors = ['staff', 'contact', 'link', 'checkout', 'api', 'system'] as const

/** Who acts, as the trail keeps it; the session says from where. */
export type AuditBy = { kind: string; id?: string; sessionId?: string }

export function isAuditAction(text: string): text is AuditAction {
  return Object.values(auditAreas).some((actions) => actions.some((action) => action === text))
}

export function isAuditArea(text: string): text is AuditArea {
  return Object.hasOwn(auditAreas, text)
}
