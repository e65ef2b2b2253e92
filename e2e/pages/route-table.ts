import type { Guarded, Stranger } from './guarded.ts'

/**
 * What a stranger gets who asks for another's row: sent to `sign in`; told `not found`; shown what is their `own`, or is
 * meant for everybody, and nothing of ours; `refused` for lack of a signature or of a form that holds together.
 */
export type Answer = 'sign in' | 'not found' | 'own' | 'refused'

type Row = {
  /** The address, with the guarded ids in it. */
  at: (guarded: Guarded) => string
  method?: 'POST'
  answers: Record<Stranger, Answer>
}

function answers(nobody: Answer, staff: Answer, client: Answer, sibling: Answer): Row['answers'] {
  return { nobody, 'other MSP’s staff': staff, 'other MSP’s client': client, 'other client': sibling }
}

const forStaff = answers('sign in', 'own', 'sign in', 'sign in')
const recordForStaff = answers('sign in', 'not found', 'sign in', 'sign in')
const forClients = answers('sign in', 'sign in', 'sign in', 'own')
const recordForClients = answers('sign in', 'sign in', 'sign in', 'not found')
/** A file of whoever is signed in: their own, never another's. */
const ownFile = answers('not found', 'not found', 'not found', 'own')
const file = answers('not found', 'not found', 'not found', 'not found')
const forEverybody = answers('own', 'own', 'own', 'own')
const signed = answers('refused', 'refused', 'refused', 'refused')
const m = '/m/larkfield'

/** Every address of the product. One that the build has and this has not fails the journey, and so does the reverse. */
export const routeTable: Record<string, Row> = {
  '/api/health': { at: () => '/api/health', answers: forEverybody },
  '/api/metrics': { at: () => '/api/metrics', answers: forEverybody },
  '/api/oauth/[connector]': {
    at: () => '/api/oauth/quickbooks-online?code=made-up&state=made-up&realmId=1',
    answers: forStaff,
  },
  '/api/v1/[[...address]]': { at: () => '/api/v1/nothing', answers: file },
  '/api/v1/checkout-sessions': { at: () => '/api/v1/checkout-sessions', method: 'POST', answers: signed },
  '/api/v1/clients': { at: () => '/api/v1/clients', answers: signed },
  '/api/v1/clients/[id]': { at: ({ clientId }) => `/api/v1/clients/${clientId}`, answers: signed },
  '/api/v1/clients/[id]/pay-link': {
    at: ({ clientId }) => `/api/v1/clients/${clientId}/pay-link`,
    method: 'POST',
    answers: signed,
  },
  '/api/v1/invoices': { at: () => '/api/v1/invoices', answers: signed },
  '/api/v1/invoices/[id]': { at: ({ invoiceId }) => `/api/v1/invoices/${invoiceId}`, answers: signed },
  '/api/v1/invoices/[id]/pay-link': {
    at: ({ invoiceId }) => `/api/v1/invoices/${invoiceId}/pay-link`,
    method: 'POST',
    answers: signed,
  },
  '/api/v1/openapi.json': { at: () => '/api/v1/openapi.json', answers: forEverybody },
  '/api/v1/payments': { at: () => '/api/v1/payments', answers: signed },
  '/api/v1/payments/[id]': { at: ({ attemptId }) => `/api/v1/payments/${attemptId}`, answers: signed },
  '/api/v1/webhook-endpoints': { at: () => '/api/v1/webhook-endpoints', answers: signed },
  '/api/v1/webhook-endpoints/[id]': {
    at: ({ endpointId }) => `/api/v1/webhook-endpoints/${endpointId}`,
    answers: signed,
  },
  '/api/webhooks/psa/[connection]': {
    at: ({ connectionId }) => `/api/webhooks/psa/${connectionId}`,
    method: 'POST',
    answers: signed,
  },
  '/api/webhooks/stripe/[[...tenant]]': { at: () => '/api/webhooks/stripe', method: 'POST', answers: signed },

  '/console': { at: () => '/console', answers: forStaff },
  '/console/audit': { at: ({ invoiceId }) => `/console/audit?object=invoice:${invoiceId}`, answers: forStaff },
  // Another MSP's owner exports its own trail, in which nothing of ours stands.
  '/console/audit/csv': {
    at: ({ invoiceId }) => `/console/audit/csv?object=invoice:${invoiceId}`,
    answers: answers('not found', 'own', 'not found', 'not found'),
  },
  '/console/clients': { at: () => '/console/clients?q=hadley', answers: forStaff },
  '/console/clients/[id]': { at: ({ clientId }) => `/console/clients/${clientId}`, answers: recordForStaff },
  '/console/confirm': { at: () => '/console/confirm', answers: forStaff },
  '/console/confirm/sent': { at: () => '/console/confirm/sent', answers: forStaff },
  '/console/connections': { at: () => '/console/connections', answers: forStaff },
  '/console/connections/connectwise': { at: () => '/console/connections/connectwise', answers: forStaff },
  '/console/connections/quickbooks': { at: () => '/console/connections/quickbooks', answers: forStaff },
  '/console/connections/stripe': { at: () => '/console/connections/stripe', answers: forStaff },
  '/console/find': { at: () => '/console/find?q=2039', answers: forStaff },
  '/console/invoices': { at: () => '/console/invoices?show=all', answers: forStaff },
  '/console/invoices/[id]': { at: ({ invoiceId }) => `/console/invoices/${invoiceId}`, answers: recordForStaff },
  '/console/payments': { at: () => '/console/payments', answers: forStaff },
  '/console/payments/[id]': { at: ({ attemptId }) => `/console/payments/${attemptId}`, answers: recordForStaff },
  '/console/security': { at: () => '/console/security', answers: forStaff },
  '/console/settings': { at: () => '/console/settings', answers: forStaff },
  '/console/settings/brand': { at: () => '/console/settings/brand', answers: forStaff },
  '/console/settings/api': { at: () => '/console/settings/api', answers: forStaff },
  '/console/settings/api-keys': { at: () => '/console/settings/api-keys', answers: forStaff },
  '/console/settings/documents': {
    at: ({ clientId }) => `/console/settings/documents?client=${clientId}`,
    answers: recordForStaff,
  },
  '/console/settings/documents/[paper]/pdf': {
    at: ({ paperId }) => `/console/settings/documents/${paperId}/pdf`,
    answers: file,
  },
  '/console/settings/mail': { at: () => '/console/settings/mail', answers: forStaff },
  '/console/settings/privacy': { at: () => '/console/settings/privacy', answers: forStaff },
  '/console/settings/privacy/[contact]': {
    at: ({ contactId }) => `/console/settings/privacy/${contactId}`,
    answers: recordForStaff,
  },
  '/console/settings/mail/[kind]': { at: () => '/console/settings/mail/pay_now', answers: forStaff },
  '/console/settings/team': { at: () => '/console/settings/team', answers: forStaff },
  '/console/settings/webhooks': { at: () => '/console/settings/webhooks', answers: forStaff },
  '/console/settings/webhooks/[id]': {
    at: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    answers: recordForStaff,
  },
  '/console/settings/webhooks/[id]/[delivery]': {
    at: ({ endpointId, deliveryId }) => `/console/settings/webhooks/${endpointId}/${deliveryId}`,
    answers: recordForStaff,
  },
  '/console/settings/widget': { at: () => '/console/settings/widget', answers: forStaff },
  '/console/settlements': { at: () => '/console/settlements', answers: forStaff },
  '/console/settlements/[id]': { at: ({ payoutId }) => `/console/settlements/${payoutId}`, answers: recordForStaff },
  '/console/settlements/[id]/csv': { at: ({ payoutId }) => `/console/settlements/${payoutId}/csv`, answers: file },
  '/console/sign-in': { at: () => '/console/sign-in', answers: forEverybody },
  '/console/sign-in/back': { at: () => '/console/sign-in/back?code=made-up&state=made-up', answers: forEverybody },
  '/console/sign-in/msp': { at: () => '/console/sign-in/msp', answers: forEverybody },
  '/console/sign-in/with/[directory]': { at: () => '/console/sign-in/with/directory?add=1', answers: forStaff },
  '/console/sign-in/second': { at: () => '/console/sign-in/second', answers: forStaff },
  '/console/sign-in/confirm': { at: () => '/console/sign-in/confirm?tenant=x&token=made-up', answers: forEverybody },
  '/console/tie-out': { at: () => '/console/tie-out', answers: forStaff },

  // The fonts tenants choose from: the same for everybody, and nobody's.
  '/fonts/[file]': { at: () => '/fonts/figtree-5.3.0-latin.woff2', answers: forEverybody },

  // A draft is for the staff of the MSP it belongs to: another's staff sees its own.
  '/brand-preview/[surface]': { at: () => '/brand-preview/pay?theme=light', answers: forStaff },
  '/brand-preview/email': { at: () => '/brand-preview/email?theme=light', answers: forStaff },
  '/brand-preview/words': {
    at: () =>
      `/brand-preview/words?${new URLSearchParams({ theme: 'light', kind: 'refund_made', subject: 's', opening: 'o' })}`,
    answers: forStaff,
  },
  '/brand-preview/pdf': { at: () => '/brand-preview/pdf?theme=light', answers: forStaff },
  '/embed/[msp]': { at: () => '/embed/larkfield', answers: forEverybody },
  // Asked by the frame’s own script alone; with what it holds, see widget.spec.ts.
  '/embed/[msp]/give-up': { at: () => '/embed/larkfield/give-up', method: 'POST', answers: signed },
  '/embed/[msp]/look-up': { at: () => '/embed/larkfield/look-up', method: 'POST', answers: signed },
  '/embed/[msp]/open': { at: () => '/embed/larkfield/open', method: 'POST', answers: signed },
  '/embed/[msp]/pay': { at: () => '/embed/larkfield/pay', method: 'POST', answers: signed },
  '/embed/[msp]/receipt': { at: () => '/embed/larkfield/receipt', method: 'POST', answers: signed },
  '/embed/[msp]/refresh': { at: () => '/embed/larkfield/refresh', method: 'POST', answers: signed },
  '/embed/[msp]/resume': { at: () => '/embed/larkfield/resume', method: 'POST', answers: signed },
  '/embed/[msp]/save': { at: () => '/embed/larkfield/save', method: 'POST', answers: signed },
  '/embed/[msp]/setup': { at: () => '/embed/larkfield/setup', method: 'POST', answers: signed },
  '/embed/[msp]/verify': { at: () => '/embed/larkfield/verify', method: 'POST', answers: signed },

  '/m/[msp]': { at: () => m, answers: forClients },
  '/m/[msp]/invoices': { at: () => `${m}/invoices`, answers: forClients },
  '/m/[msp]/invoices/csv': { at: () => `${m}/invoices/csv?show=open`, answers: ownFile },
  '/m/[msp]/invoices/[invoice]': { at: ({ invoiceId }) => `${m}/invoices/${invoiceId}`, answers: recordForClients },
  '/m/[msp]/invoices/[invoice]/pdf': { at: ({ invoiceId }) => `${m}/invoices/${invoiceId}/pdf`, answers: file },
  // A picture of nobody's: whoever knows its hash has seen it.
  '/m/[msp]/logo/[file]': { at: () => `${m}/logo/00000000000000000000000000000000-56.png`, answers: file },
  '/m/[msp]/documents': { at: () => `${m}/documents`, answers: forClients },
  '/m/[msp]/documents/[paper]/pdf': { at: ({ paperId }) => `${m}/documents/${paperId}/pdf`, answers: file },
  '/m/[msp]/methods': { at: () => `${m}/methods`, answers: forClients },
  '/m/[msp]/methods/mandates/[mandate]/pdf': {
    at: ({ mandateId }) => `${m}/methods/mandates/${mandateId}/pdf`,
    answers: file,
  },
  '/m/[msp]/pay': { at: ({ invoiceId }) => `${m}/pay?invoice=${invoiceId}`, answers: recordForClients },
  // A secret good for another invoice, or at another MSP, opens nothing of this one.
  '/m/[msp]/pay/[token]': { at: ({ ownToken }) => `/m/boreal/pay/${ownToken}`, answers: forEverybody },
  '/m/[msp]/pay/[token]/pdf': { at: ({ ownToken }) => `/m/boreal/pay/${ownToken}/pdf`, answers: file },
  '/m/[msp]/pay/[token]/receipt/[attempt]': {
    at: ({ otherToken, attemptId }) => `${m}/pay/${otherToken}/receipt/${attemptId}`,
    answers: file,
  },
  '/m/[msp]/statement': { at: () => `${m}/statement`, answers: forClients },
  '/m/[msp]/statement/csv': { at: () => `${m}/statement/csv`, answers: ownFile },
  '/m/[msp]/statement/pdf': { at: () => `${m}/statement/pdf`, answers: ownFile },
  '/m/[msp]/receipts': { at: () => `${m}/receipts`, answers: forClients },
  '/m/[msp]/receipts/[attempt]': { at: ({ attemptId }) => `${m}/receipts/${attemptId}`, answers: recordForClients },
  '/m/[msp]/receipts/[attempt]/pdf': { at: ({ attemptId }) => `${m}/receipts/${attemptId}/pdf`, answers: file },
  '/m/[msp]/preferences': { at: () => `${m}/preferences`, answers: forClients },
  '/m/[msp]/personal-data': { at: () => `${m}/personal-data`, answers: forClients },
  '/m/[msp]/personal-data/json': { at: () => `${m}/personal-data/json`, answers: ownFile },
  '/m/[msp]/providers/[provider]': { at: () => `${m}/providers/boreal`, answers: recordForClients },
  '/m/[msp]/people': { at: () => `${m}/people`, answers: forClients },
  '/m/[msp]/security': { at: () => `${m}/security`, answers: forClients },
  '/m/[msp]/accessibility': { at: () => `${m}/accessibility`, answers: forEverybody },
  '/m/[msp]/privacy': { at: () => `${m}/privacy`, answers: forEverybody },
  '/m/[msp]/sign-in': { at: () => `${m}/sign-in`, answers: forEverybody },
  '/m/[msp]/sign-in/confirm': { at: () => `${m}/sign-in/confirm?token=made-up`, answers: forEverybody },
}
