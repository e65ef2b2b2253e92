import type { Guarded } from './guarded.ts'

/**
 * Who looks, and at which address, for each page of the product; more than one where it has several faces. What is inert
 * is there to be looked at: nothing of it is read out or reached, so only what meets the eye is held.
 */
export type Look = { as: 'owner' | 'client' | 'nobody'; at: (of: Guarded) => string; isMissing?: true; isInert?: true }

const owner = (...paths: ((of: Guarded) => string)[]): Look[] => paths.map((at) => ({ as: 'owner', at }))
const client = (...paths: ((of: Guarded) => string)[]): Look[] => paths.map((at) => ({ as: 'client', at }))
const nobody = (...paths: ((of: Guarded) => string)[]): Look[] => paths.map((at) => ({ as: 'nobody', at }))
const m = '/m/larkfield'
const nowhere = '0190a0a0-0000-7000-8000-000000000000'

/** A page that the build has and this has not fails the journey, and so does the reverse. */
export const pageTable: Record<string, Look[]> = {
  '/brand-preview/[surface]': ['pay?theme=light', 'portal?theme=dark', 'widget?theme=light'].map((face) => ({
    as: 'owner',
    at: () => `/brand-preview/${face}`,
    isInert: true,
  })),
  '/console': owner(() => '/console'),
  '/console/audit': owner(
    () => '/console/audit',
    ({ invoiceId }) => `/console/audit?object=invoice:${invoiceId}&q=nothing`,
  ),
  '/console/clients': owner(
    () => '/console/clients',
    () => '/console/clients?q=nobody',
  ),
  '/console/clients/[id]': owner(({ clientId }) => `/console/clients/${clientId}`),
  '/console/confirm': owner(() => '/console/confirm?to=/console/payments'),
  '/console/confirm/sent': owner(() => '/console/confirm/sent'),
  '/console/connections': owner(() => '/console/connections'),
  '/console/connections/connectwise': owner(() => '/console/connections/connectwise'),
  '/console/connections/quickbooks': owner(() => '/console/connections/quickbooks'),
  '/console/connections/stripe': owner(() => '/console/connections/stripe'),
  '/console/find': owner(() => '/console/find?q=204'),
  '/console/invoices': owner(() => '/console/invoices'),
  '/console/invoices/[id]': [
    ...owner(
      ({ invoiceId }) => `/console/invoices/${invoiceId}`,
      ({ paidId }) => `/console/invoices/${paidId}`,
    ),
    { as: 'owner', at: () => `/console/invoices/${nowhere}`, isMissing: true },
  ],
  '/console/payments': owner(
    () => '/console/payments',
    () => '/console/payments?show=checking',
  ),
  '/console/payments/[id]': owner(({ attemptId }) => `/console/payments/${attemptId}`),
  '/console/security': owner(() => '/console/security'),
  '/console/settings': owner(() => '/console/settings'),
  '/console/settings/brand': owner(() => '/console/settings/brand'),
  '/console/settings/api': owner(() => '/console/settings/api'),
  '/console/settings/api-keys': owner(() => '/console/settings/api-keys'),
  '/console/settings/documents': owner(
    () => '/console/settings/documents',
    ({ clientId, paperId }) => `/console/settings/documents?client=${clientId}&replace=${paperId}`,
  ),
  '/console/settings/mail': owner(() => '/console/settings/mail'),
  '/console/settings/privacy': owner(() => '/console/settings/privacy'),
  '/console/settings/privacy/[contact]': owner(({ contactId }) => `/console/settings/privacy/${contactId}`),
  '/console/settings/mail/[kind]': owner(
    () => '/console/settings/mail/pay_now?language=en-US',
    () => '/console/settings/mail/autopay_started?language=fr-CA',
  ),
  '/console/settings/team': owner(() => '/console/settings/team'),
  '/console/settings/webhooks': owner(() => '/console/settings/webhooks'),
  '/console/settings/webhooks/[id]': owner(({ endpointId }) => `/console/settings/webhooks/${endpointId}`),
  '/console/settings/webhooks/[id]/[delivery]': owner(
    ({ endpointId, deliveryId }) => `/console/settings/webhooks/${endpointId}/${deliveryId}`,
  ),
  '/console/settings/widget': owner(() => '/console/settings/widget'),
  '/console/settlements': owner(() => '/console/settlements'),
  '/console/settlements/[id]': owner(({ payoutId }) => `/console/settlements/${payoutId}`),
  '/console/sign-in': nobody(
    () => '/console/sign-in',
    () => '/console/sign-in?asked=1',
  ),
  '/console/sign-in/msp': nobody(() => '/console/sign-in/msp'),
  '/console/sign-in/second': owner(() => '/console/sign-in/second'),
  '/console/sign-in/confirm': nobody(
    () => '/console/sign-in/confirm?tenant=x&token=made-up',
    () => '/console/sign-in/confirm?because=expired',
  ),
  '/console/tie-out': owner(() => '/console/tie-out'),

  '/m/[msp]': [
    ...client(
      () => m,
      () => `${m}?lang=fr`,
    ),
    { as: 'nobody', at: () => '/m/nobody', isMissing: true },
  ],
  '/m/[msp]/invoices': client(
    () => `${m}/invoices`,
    () => `${m}/invoices?number=none`,
  ),
  '/m/[msp]/invoices/[invoice]': [
    ...client(({ invoiceId }) => `${m}/invoices/${invoiceId}`),
    { as: 'client', at: () => `${m}/invoices/${nowhere}`, isMissing: true },
  ],
  '/m/[msp]/documents': client(
    () => `${m}/documents`,
    () => `${m}/documents?lang=fr`,
  ),
  '/m/[msp]/methods': client(
    () => `${m}/methods`,
    () => `${m}/methods?lang=fr`,
  ),
  '/m/[msp]/pay': client(
    ({ invoiceId }) => `${m}/pay?invoice=${invoiceId}`,
    ({ attemptId }) => `${m}/pay?attempt=${attemptId}`,
  ),
  '/m/[msp]/pay/[token]': nobody(
    ({ ownToken }) => `${m}/pay/${ownToken}`,
    ({ ownToken }) => `${m}/pay/${ownToken}?lang=fr`,
    ({ paidToken }) => `${m}/pay/${paidToken}`,
    ({ statementToken }) => `${m}/pay/${statementToken}`,
    () => `${m}/pay/${'A'.repeat(43)}`,
  ),
  '/m/[msp]/statement': client(
    () => `${m}/statement`,
    () => `${m}/statement?from=2026-01-01&to=2026-12-31`,
  ),
  '/m/[msp]/preferences': client(
    () => `${m}/preferences`,
    () => `${m}/preferences?lang=fr`,
  ),
  '/m/[msp]/personal-data': client(
    () => `${m}/personal-data`,
    () => `${m}/personal-data?lang=fr`,
  ),
  '/m/[msp]/people': client(
    () => `${m}/people`,
    () => `${m}/people?said=last-owner&lang=fr`,
  ),
  '/m/[msp]/receipts': client(() => `${m}/receipts`),
  '/m/[msp]/receipts/[attempt]': client(({ attemptId }) => `${m}/receipts/${attemptId}`),
  '/m/[msp]/security': client(
    () => `${m}/security`,
    () => `${m}/security?lang=fr`,
  ),
  '/m/[msp]/accessibility': nobody(
    () => `${m}/accessibility`,
    () => `${m}/accessibility?lang=fr`,
  ),
  '/m/[msp]/privacy': nobody(
    () => `${m}/privacy`,
    () => `${m}/privacy?lang=fr`,
  ),
  '/m/[msp]/sign-in': nobody(
    () => `${m}/sign-in`,
    () => `${m}/sign-in?asked=dana@hadleymoss.example`,
  ),
  '/m/[msp]/sign-in/confirm': nobody(
    () => `${m}/sign-in/confirm?token=made-up`,
    () => `${m}/sign-in/confirm?because=expired`,
  ),
}
