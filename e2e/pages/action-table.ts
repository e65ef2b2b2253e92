import type { Guarded, Stranger } from './guarded.ts'
import type { Answer } from './route-table.ts'

/** A form, as a browser sends it. */
export class Form {
  readonly fields: Record<string, string>

  constructor(fields: Record<string, string> = {}) {
    this.fields = fields
  }
}

type Row = {
  /** The page it is called on, with the guarded ids in it. */
  on: string | ((guarded: Guarded) => string)
  /** What it is called with: the guarded ids, forged. */
  with: (guarded: Guarded) => unknown[]
  answers: Record<Stranger, Answer>
  /** What a viewer of the same MSP is told: they find what another's staff does not, and change it no more than they. */
  viewer?: Answer
}

function answers(nobody: Answer, staff: Answer, client: Answer, sibling: Answer): Row['answers'] {
  return { nobody, 'other MSP’s staff': staff, 'other MSP’s client': client, 'other client': sibling }
}

/** Acts on the asker's own MSP, or changes nothing: an id of another is nothing to it. */
const forStaff = answers('sign in', 'own', 'sign in', 'sign in')
const recordForStaff = answers('sign in', 'not found', 'sign in', 'sign in')
const forPayers = answers('not found', 'not found', 'not found', 'not found')
/** Whoever holds a link is known by the link alone; here by one of another invoice. */
const forHolders = answers('not found', 'not found', 'not found', 'not found')
const forClients = answers('sign in', 'sign in', 'sign in', 'own')
const forEverybody = answers('own', 'own', 'own', 'own')
const leaves = answers('sign in', 'sign in', 'sign in', 'sign in')

const staff = 'console/(staff)'
const second = '/console/sign-in/second'
const m = 'm/[msp]'
const order = ({ invoiceId }: Guarded) => ({
  orderKey: '0190a0a0-0000-7000-8000-000000000000',
  confirmationTokenId: 'ctoken_madeup',
  receiptEmail: 'thief@example.com',
  shown: [{ invoiceId, owed: '1', minor: '1' }],
  creditMinor: '0',
  keptMinor: '0',
})
const autopayWish = (attemptId: string) => ({ attemptId, shownOn: '2026-11-20', version: 'autopay-card 2026-11' })
const code = { descriptorCode: 'SM11AA' }
const holders = ({ otherToken }: Guarded) => `/m/larkfield/pay/${otherToken}`

/** Every server action of the product. One that the build has and this has not fails the journey, and so does the reverse. */
export const actionTable: Record<string, Row> = {
  [`${staff}/invoices/[id]/hold-acts.ts putOnHold`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [new Form({ id: invoiceId, reason: 'Not ours', amount: '' })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/invoices/[id]/hold-acts.ts liftHold`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [new Form({ id: invoiceId, hold: invoiceId, answer: '' })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/invoices/[id]/hold-acts.ts answerHold`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [new Form({ id: invoiceId, hold: invoiceId, answer: 'Not ours' })],
    answers: recordForStaff,
    viewer: 'not found',
  },
  [`${staff}/leave.ts leave`]: { on: '/console', with: () => [], answers: leaves },
  [`${staff}/(today)/exception-acts.ts takeException`]: {
    on: '/console',
    with: ({ exceptionId }) => [new Form({ id: exceptionId })],
    answers: forStaff,
  },
  [`${staff}/(today)/exception-acts.ts closeException`]: {
    on: '/console',
    with: ({ exceptionId }) => [new Form({ id: exceptionId })],
    answers: forStaff,
  },
  ...Object.fromEntries(
    ['approveRequest', 'declineRequest', 'withdrawRequest'].map((name) => [
      `${staff}/(today)/approval-acts.ts ${name}`,
      {
        on: '/console',
        with: ({ approvalId }: Guarded) => [null, new Form({ id: approvalId, reason: 'Not ours' })],
        answers: forStaff,
      },
    ]),
  ),
  [`${staff}/clients/[id]/appoint.ts appoint`]: {
    on: ({ clientId }) => `/console/clients/${clientId}`,
    with: ({ clientId, contactId }) => [new Form({ clientId, contactId, role: 'owner' })],
    answers: recordForStaff,
  },
  [`${staff}/clients/[id]/view-as.ts viewAsClient`]: {
    on: ({ clientId }) => `/console/clients/${clientId}`,
    with: ({ clientId }) => [null, new Form({ id: clientId, reason: 'Curious' })],
    answers: recordForStaff,
  },
  [`${staff}/clients/[id]/statement-acts.ts sendOpenInvoices`]: {
    on: ({ clientId }) => `/console/clients/${clientId}`,
    with: ({ clientId }) => [new Form({ id: clientId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/clients/[id]/statement-acts.ts closeStatementLinks`]: {
    on: ({ clientId }) => `/console/clients/${clientId}`,
    with: ({ clientId }) => [new Form({ id: clientId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/team/acts.ts setSecondPerson`]: {
    on: '/console/settings/team',
    with: () => [null, new Form({ amount: 'nothing' })],
    answers: forStaff,
  },
  [`${staff}/connections/connectwise/acts.ts connectConnectwise`]: {
    on: '/console/connections/connectwise',
    with: () => [null, new Form()],
    answers: forStaff,
  },
  [`${staff}/connections/connectwise/acts.ts syncConnectwise`]: {
    on: '/console/connections/connectwise',
    with: () => [new Form({ full: 'yes' })],
    answers: recordForStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/connectwise/acts.ts checkConnectwise`]: {
    on: '/console/connections/connectwise',
    with: () => [],
    answers: recordForStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/connectwise/acts.ts disconnectConnectwise`]: {
    on: '/console/connections/connectwise',
    with: () => [],
    answers: forStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/quickbooks/acts.ts beginQuickbooks`]: {
    on: '/console/connections/quickbooks',
    with: () => [],
    answers: forStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/quickbooks/acts.ts saveAccounts`]: {
    on: '/console/connections/quickbooks',
    with: () => [new Form({ clearing: '1' })],
    answers: recordForStaff,
  },
  [`${staff}/connections/quickbooks/acts.ts checkQuickbooks`]: {
    on: '/console/connections/quickbooks',
    with: () => [],
    answers: recordForStaff,
  },
  [`${staff}/connections/quickbooks/acts.ts disconnectQuickbooks`]: {
    on: '/console/connections/quickbooks',
    with: () => [],
    answers: forStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/stripe/acts.ts beginStripe`]: {
    on: '/console/connections/stripe',
    with: () => [],
    answers: forStaff,
    viewer: 'not found',
  },
  [`${staff}/connections/stripe/acts.ts checkStripe`]: {
    on: '/console/connections/stripe',
    with: () => [],
    answers: forStaff,
  },
  [`${staff}/connections/stripe/acts.ts connectStripeKey`]: {
    on: '/console/connections/stripe',
    with: () => [null, new Form()],
    answers: forStaff,
  },
  [`${staff}/connections/stripe/acts.ts disconnectFromStripe`]: {
    on: '/console/connections/stripe',
    with: () => [],
    answers: forStaff,
    viewer: 'not found',
  },
  [`${staff}/invoices/(list)/send-selected.ts sendSelected`]: {
    on: '/console/invoices',
    with: ({ invoiceId }) => [new Form({ id: invoiceId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/invoices/[id]/send.ts send`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [new Form({ id: invoiceId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/invoices/[id]/send.ts makeLink`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [null, new Form({ id: invoiceId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/invoices/[id]/revoke-links.ts revokeLinks`]: {
    on: ({ invoiceId }) => `/console/invoices/${invoiceId}`,
    with: ({ invoiceId }) => [new Form({ id: invoiceId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/payments/[id]/ask-now.ts askNow`]: {
    on: ({ attemptId }) => `/console/payments/${attemptId}`,
    with: ({ attemptId }) => [new Form({ id: attemptId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/payments/[id]/refund.ts refund`]: {
    on: ({ attemptId }) => `/console/payments/${attemptId}`,
    with: ({ attemptId }) => [null, new Form({ id: attemptId, amount: '1.00', reason: 'mine' })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/security/acts.ts endSession`]: {
    on: '/console/security',
    with: ({ sessionId }) => [new Form({ id: sessionId })],
    answers: forStaff,
  },
  [`${staff}/security/acts.ts removeOneFactor`]: {
    on: '/console/security',
    with: ({ sessionId }) => [new Form({ id: sessionId })],
    answers: forStaff,
  },
  [`${staff}/security/acts.ts removeOneIdentity`]: {
    on: '/console/security',
    with: ({ sessionId }) => [new Form({ id: sessionId })],
    answers: forStaff,
  },
  [`${staff}/security/acts.ts renewCodes`]: { on: '/console/security', with: () => [], answers: forStaff },
  [`${staff}/security/acts.ts requireOfAll`]: {
    on: '/console/security',
    with: () => [new Form({ on: 'no', tenantId: 'larkfield' })],
    answers: forStaff,
  },
  [`${staff}/security/acts.ts leaveEverywhere`]: { on: '/console/security', with: () => [], answers: leaves },
  [`${staff}/settings/brand/acts.ts discard`]: { on: '/console/settings/brand', with: () => [], answers: forStaff },
  [`${staff}/settings/brand/acts.ts publish`]: {
    on: '/console/settings/brand',
    with: () => [{ name: '', tenantId: 'larkfield' }],
    answers: forStaff,
  },
  [`${staff}/settings/brand/acts.ts saveDraft`]: {
    on: '/console/settings/brand',
    with: () => [{ name: '', tenantId: 'larkfield' }],
    answers: forStaff,
  },
  [`${staff}/settings/brand/acts.ts uploadLogo`]: {
    on: '/console/settings/brand',
    with: () => [new Form({ logo: 'no file' })],
    answers: forStaff,
  },
  [`${staff}/settings/api-keys/acts.ts makeKey`]: {
    on: '/console/settings/api-keys',
    with: () => [null, new Form({ name: '', scopes: 'read', tenantId: 'larkfield' })],
    answers: forStaff,
  },
  [`${staff}/settings/api-keys/acts.ts rotateKey`]: {
    on: '/console/settings/api-keys',
    with: ({ apiKeyId }) => [null, new Form({ id: apiKeyId, overlapHours: '0' })],
    answers: forStaff,
  },
  [`${staff}/settings/api-keys/acts.ts revokeKey`]: {
    on: '/console/settings/api-keys',
    with: ({ apiKeyId }) => [new Form({ id: apiKeyId })],
    answers: forStaff,
  },
  [`${staff}/settings/documents/acts.ts handOut`]: {
    on: '/console/settings/documents',
    with: ({ clientId }) => [{ clientId }, null, new Form({ title: 'Not ours', year: '', file: 'no file' })],
    answers: forStaff,
  },
  [`${staff}/settings/documents/acts.ts withdraw`]: {
    on: '/console/settings/documents',
    with: ({ paperId }) => [new Form({ id: paperId })],
    answers: recordForStaff,
    viewer: 'not found',
  },
  [`${staff}/settings/privacy/acts.ts erase`]: {
    on: '/console/settings/privacy',
    with: ({ contactId }) => [new Form({ id: contactId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/privacy/decline.ts decline`]: {
    on: '/console/settings/privacy',
    with: ({ contactId }) => [null, new Form({ id: contactId, reason: 'Not ours' })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/privacy/acts.ts saveRetention`]: {
    on: '/console/settings/privacy',
    with: () => [null, new Form({ signInMonths: '0', tenantId: 'larkfield' })],
    answers: forStaff,
  },
  [`${staff}/settings/brand/host-acts.ts checkHost`]: {
    on: '/console/settings/brand',
    with: () => [],
    answers: forStaff,
  },
  [`${staff}/settings/brand/host-acts.ts removeHost`]: {
    on: '/console/settings/brand',
    with: () => [],
    answers: forStaff,
  },
  [`${staff}/settings/brand/host-acts.ts setHost`]: {
    on: '/console/settings/brand',
    with: () => ['', new Form({ host: 'not a name' })],
    answers: forStaff,
  },
  [`${staff}/settings/mail/(overview)/check-now.ts checkNow`]: {
    on: '/console/settings/mail',
    with: () => [null, new Form({ selector: 'not a selector' })],
    answers: forStaff,
  },
  [`${staff}/settings/mail/[kind]/acts.ts saveWords`]: {
    on: '/console/settings/mail/pay_now',
    with: () => [{ kind: 'pay_now', locale: 'en-US', typed: {}, basedOn: 0, tenantId: 'larkfield' }],
    answers: forStaff,
  },
  [`${staff}/settings/mail/[kind]/acts.ts sendTest`]: {
    on: '/console/settings/mail/pay_now',
    with: () => [{ kind: 'pay_now', locale: 'en-US', typed: {}, basedOn: 0, to: 'thief@example.com' }],
    answers: forStaff,
  },
  [`${staff}/settings/save.ts save`]: {
    on: '/console/settings',
    with: () => [new Form({ sendNewInvoices: 'on', tenantId: 'larkfield' })],
    answers: forStaff,
  },
  [`${staff}/settings/team/acts.ts invite`]: {
    on: '/console/settings/team',
    with: () => [null, new Form({ name: '', email: 'thief@example.com', role: 'owner' })],
    answers: forStaff,
  },
  [`${staff}/settings/team/acts.ts giveRole`]: {
    on: '/console/settings/team',
    with: ({ staffId }) => [new Form({ id: staffId, role: 'viewer' })],
    answers: forStaff,
  },
  [`${staff}/settings/team/acts.ts removeColleague`]: {
    on: '/console/settings/team',
    with: ({ staffId }) => [new Form({ id: staffId })],
    answers: forStaff,
  },
  [`${staff}/settings/team/acts.ts resetColleague`]: {
    on: '/console/settings/team',
    with: ({ staffId }) => [new Form({ id: staffId })],
    answers: forStaff,
  },
  [`${staff}/settings/webhooks/acts.ts addWebhook`]: {
    on: '/console/settings/webhooks',
    with: () => [null, new Form({ url: '', events: 'invoice.paid', tenantId: 'larkfield' })],
    answers: forStaff,
  },
  [`${staff}/settings/webhooks/acts.ts changeWebhook`]: {
    on: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    with: ({ endpointId }) => [
      null,
      new Form({ id: endpointId, url: 'https://thief.example.com', description: 'mine', events: 'invoice.paid' }),
    ],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/webhooks/acts.ts rotateSecret`]: {
    on: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    with: ({ endpointId }) => [null, new Form({ id: endpointId, overlapHours: '0' })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/webhooks/acts.ts removeWebhook`]: {
    on: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    with: ({ endpointId }) => [new Form({ id: endpointId })],
    answers: recordForStaff,
    viewer: 'own',
  },
  [`${staff}/settings/webhooks/acts.ts sendPing`]: {
    on: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    with: ({ endpointId }) => [new Form({ id: endpointId })],
    answers: recordForStaff,
  },
  [`${staff}/settings/webhooks/acts.ts resend`]: {
    on: ({ endpointId }) => `/console/settings/webhooks/${endpointId}`,
    with: ({ endpointId, deliveryId }) => [new Form({ endpoint: endpointId, id: deliveryId })],
    answers: recordForStaff,
  },
  [`${staff}/settings/widget/acts.ts addOrigin`]: {
    on: '/console/settings/widget',
    with: () => [null, new Form({ origin: '*' })],
    answers: forStaff,
  },
  [`${staff}/settings/widget/acts.ts removeOrigin`]: {
    on: '/console/settings/widget',
    with: ({ widgetOriginId }) => [new Form({ id: widgetOriginId })],
    answers: recordForStaff,
  },
  [`${staff}/tie-out/acts.ts compareNow`]: { on: '/console/tie-out', with: () => [], answers: forStaff },
  [`${staff}/tie-out/acts.ts repost`]: {
    on: '/console/tie-out',
    with: ({ postingId }) => [new Form({ id: postingId, on: '2026-12-01' })],
    answers: recordForStaff,
  },
  [`${staff}/tie-out/acts.ts repeat`]: {
    on: '/console/tie-out',
    with: ({ postingId }) => [new Form({ id: postingId })],
    answers: recordForStaff,
  },
  'console/confirm/mail-proof.ts mailProof': {
    on: '/console/confirm',
    with: () => [new Form({ to: 'https://evil.example' })],
    answers: forStaff,
  },
  'console/sign-in/second/acts.ts askPasskey': { on: second, with: () => [], answers: forStaff },
  'console/sign-in/second/acts.ts showCode': {
    on: second,
    with: () => [null, new Form({ code: '000000', to: 'https://evil.example' })],
    answers: forStaff,
  },
  'console/sign-in/second/acts.ts showPasskey': {
    on: second,
    with: () => [{ id: 'made-up' }, '/console'],
    answers: forStaff,
  },
  'console/sign-in/second/enrol.ts beginApp': { on: second, with: () => [], answers: forStaff },
  'console/sign-in/second/enrol.ts beginKey': { on: second, with: () => [], answers: forStaff },
  'console/sign-in/second/enrol.ts goIn': { on: second, with: () => [], answers: forStaff },
  'console/sign-in/second/enrol.ts keepApp': { on: second, with: () => ['000000'], answers: forStaff },
  'console/sign-in/second/enrol.ts keepKey': {
    on: second,
    with: () => [{ id: 'made-up' }, 'Mine'],
    answers: forStaff,
  },
  'console/sign-in/msp/choose.ts choose': {
    on: '/console/sign-in/msp',
    with: () => [new Form({ tenant: 'made-up' })],
    answers: forEverybody,
  },
  'console/sign-in/ask-for-link.ts askForLink': {
    on: '/console/sign-in',
    with: () => [null, new Form({ email: 'not an address' })],
    answers: forEverybody,
  },
  'console/sign-in/confirm/confirm.ts confirm': {
    on: '/console/sign-in/confirm',
    with: () => [new Form()],
    answers: forEverybody,
  },

  [`${m}/(portal)/leave.ts leave`]: { on: '/m/larkfield', with: () => ['larkfield'], answers: leaves },
  [`${m}/(portal)/switch-to.ts switchTo`]: {
    on: '/m/larkfield',
    with: ({ clientId }) => ['larkfield', null, clientId],
    answers: answers('sign in', 'sign in', 'sign in', 'not found'),
  },
  [`${m}/(portal)/methods/acts.ts save`]: {
    on: '/m/larkfield/methods',
    with: () => ['larkfield', 'en-US', { setupId: 'made-up', confirmationTokenId: 'ctoken_madeup' }],
    answers: answers('not found', 'not found', 'not found', 'refused'),
  },
  [`${m}/(portal)/methods/acts.ts ask`]: {
    on: '/m/larkfield/methods',
    with: ({ setupId }) => ['larkfield', 'en-US', setupId],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts verify`]: {
    on: '/m/larkfield/methods',
    with: ({ setupId }) => ['larkfield', setupId, code],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts rename`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ id: methodId, name: 'Mine' })],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts replace`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ id: methodId, by: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts chooseForAgreement`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ agreement: methodId, method: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts authorize`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => [
      'larkfield',
      'en-US',
      null,
      new Form({ agreementId: methodId, methodId, shownOn: 'made-up', mark: 'made-up' }),
    ],
    answers: answers('not found', 'not found', 'not found', 'refused'),
  },
  [`${m}/(portal)/pay/schedule-acts.ts setDateTyped`]: {
    on: '/m/larkfield/pay',
    with: () => ['larkfield', 'en-US', { setupId: 'made-up', confirmationTokenId: 'ctoken_madeup' }],
    answers: answers('not found', 'not found', 'not found', 'refused'),
  },
  [`${m}/(portal)/pay/schedule-acts.ts refreshDateTyped`]: {
    on: '/m/larkfield/pay',
    with: ({ setupId }) => ['larkfield', 'en-US', setupId],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/schedule-acts.ts setDate`]: {
    on: '/m/larkfield/pay',
    with: ({ invoiceId, methodId }) => [
      'larkfield',
      'en-US',
      {
        scheduleId: '0190a0a0-0000-7000-8000-000000000001',
        methodId,
        runOn: '2026-12-01',
        receiptEmail: 'thief@example.com',
        shown: [{ invoiceId, minor: '1' }],
        creditMinor: '0',
      },
    ],
    answers: answers('not found', 'not found', 'not found', 'refused'),
  },
  [`${m}/(portal)/pay/schedule-acts.ts moveDate`]: {
    on: '/m/larkfield/pay',
    with: ({ methodId }) => ['larkfield', 'en-US', new Form({ id: methodId, on: '2026-12-01' })],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/schedule-acts.ts cancelDate`]: {
    on: '/m/larkfield/pay',
    with: ({ methodId }) => ['larkfield', 'en-US', new Form({ id: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts prefer`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ id: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/methods/acts.ts remove`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ id: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/invoices/[invoice]/ask.ts ask`]: {
    on: ({ invoiceId }) => `/m/larkfield/invoices/${invoiceId}`,
    with: ({ invoiceId }) => ['larkfield', invoiceId, null, new Form({ reason: 'Whose is it?', amount: '' })],
    answers: forPayers,
  },
  [`${m}/(portal)/invoices/[invoice]/ask.ts reply`]: {
    on: ({ invoiceId }) => `/m/larkfield/invoices/${invoiceId}`,
    with: ({ invoiceId }) => ['larkfield', invoiceId, null, new Form({ text: 'Whose is it?' })],
    answers: forPayers,
  },
  [`${m}/pay/[token]/ask.ts ask`]: {
    on: holders,
    with: ({ ownToken }) => ['boreal', ownToken, null, new Form({ reason: 'Whose is it?', amount: '' })],
    answers: forHolders,
  },
  [`${m}/pay/[token]/ask.ts reply`]: {
    on: holders,
    with: ({ ownToken, invoiceId }) => ['boreal', ownToken, invoiceId, null, new Form({ text: 'Whose is it?' })],
    answers: forHolders,
  },
  [`${m}/(portal)/pay/actions.ts payNow`]: {
    on: '/m/larkfield/pay',
    with: (guarded) => ['larkfield', 'en-US', order(guarded)],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/actions.ts refresh`]: {
    on: '/m/larkfield/pay',
    with: ({ attemptId }) => ['larkfield', 'en-US', attemptId],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/actions.ts resume`]: {
    on: '/m/larkfield/pay',
    with: ({ attemptId }) => ['larkfield', attemptId],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/actions.ts giveUp`]: {
    on: '/m/larkfield/pay',
    with: ({ attemptId }) => ['larkfield', 'en-US', attemptId],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/actions.ts agreeAutopay`]: {
    on: '/m/larkfield/pay',
    with: ({ attemptId }) => ['larkfield', 'en-US', autopayWish(attemptId)],
    answers: answers('not found', 'not found', 'not found', 'refused'),
  },
  [`${m}/(portal)/methods/acts.ts endAutomatic`]: {
    on: '/m/larkfield/methods',
    with: ({ methodId }) => ['larkfield', new Form({ id: methodId })],
    answers: forPayers,
  },
  [`${m}/(portal)/pay/actions.ts verify`]: {
    on: '/m/larkfield/pay',
    with: ({ attemptId }) => ['larkfield', attemptId, code],
    answers: forPayers,
  },

  [`${m}/pay/[token]/actions.ts payNow`]: {
    on: holders,
    with: (guarded) => ['larkfield', guarded.otherToken, 'en-US', order(guarded)],
    answers: answers('refused', 'refused', 'refused', 'refused'),
  },
  [`${m}/pay/[token]/actions.ts refresh`]: {
    on: holders,
    with: ({ otherToken, attemptId }) => ['larkfield', otherToken, 'en-US', attemptId],
    answers: forHolders,
  },
  [`${m}/pay/[token]/actions.ts resume`]: {
    on: holders,
    with: ({ otherToken, attemptId }) => ['larkfield', otherToken, attemptId],
    answers: forHolders,
  },
  [`${m}/pay/[token]/actions.ts giveUp`]: {
    on: holders,
    with: ({ otherToken, attemptId }) => ['larkfield', otherToken, 'en-US', attemptId],
    answers: forHolders,
  },
  [`${m}/pay/[token]/actions.ts agreeAutopay`]: {
    on: holders,
    with: ({ otherToken, attemptId }) => ['larkfield', otherToken, 'en-US', autopayWish(attemptId)],
    answers: answers('refused', 'refused', 'refused', 'refused'),
  },
  [`${m}/pay/[token]/actions.ts verify`]: {
    on: holders,
    with: ({ otherToken, attemptId }) => ['larkfield', otherToken, attemptId, code],
    answers: forHolders,
  },
  [`${m}/pay/[token]/actions.ts viewed`]: {
    on: holders,
    with: ({ ownToken }) => ['boreal', ownToken],
    answers: forEverybody,
  },
  [`${m}/pay/[token]/actions.ts resend`]: {
    on: holders,
    with: ({ ownToken }) => ['boreal', ownToken],
    answers: forEverybody,
  },
  [`${m}/pay/[token]/forward.ts forward`]: {
    on: holders,
    with: ({ ownToken }) => ['boreal', ownToken, 'en-US', { is: 'idle' }, new Form({ email: 'thief@example.com' })],
    answers: forHolders,
  },
  [`${m}/(portal)/preferences/acts.ts saveLanguage`]: {
    on: '/m/larkfield/preferences',
    with: () => ['larkfield', new Form({ locale: '' })],
    answers: forClients,
  },
  [`${m}/(portal)/preferences/acts.ts saveNotices`]: {
    on: '/m/larkfield/preferences',
    with: () => ['larkfield', null, new Form({ notice: 'invoice' })],
    answers: forClients,
  },
  [`${m}/(portal)/preferences/acts.ts saveStatement`]: {
    on: '/m/larkfield/preferences',
    with: () => ['larkfield', null, new Form({})],
    answers: forClients,
  },
  [`${m}/(portal)/personal-data/acts.ts askToBeErased`]: {
    on: '/m/larkfield/personal-data',
    with: () => ['larkfield', null],
    answers: forClients,
  },
  [`${m}/(portal)/personal-data/acts.ts takeBack`]: {
    on: '/m/larkfield/personal-data',
    with: () => ['larkfield', null],
    answers: forClients,
  },
  [`${m}/(portal)/people/acts.ts invite`]: {
    on: '/m/larkfield/people',
    with: () => ['larkfield', null, null, new Form({ email: 'not an address' })],
    answers: forClients,
  },
  [`${m}/(portal)/people/acts.ts giveRole`]: {
    on: '/m/larkfield/people',
    with: ({ contactId }) => ['larkfield', null, new Form({ id: contactId, role: 'viewer' })],
    answers: forClients,
  },
  [`${m}/(portal)/people/acts.ts remove`]: {
    on: '/m/larkfield/people',
    with: ({ contactId }) => ['larkfield', null, new Form({ id: contactId })],
    answers: forClients,
  },
  [`${m}/(portal)/leave-view.ts leaveView`]: { on: '/m/larkfield', with: () => ['larkfield'], answers: leaves },
  [`${m}/(portal)/security/acts.ts endSession`]: {
    on: '/m/larkfield/security',
    with: ({ clientSessionId }) => ['larkfield', new Form({ id: clientSessionId })],
    answers: forClients,
  },
  [`${m}/(portal)/security/acts.ts leaveEverywhere`]: {
    on: '/m/larkfield/security',
    with: () => ['larkfield'],
    answers: leaves,
  },
  [`${m}/(portal)/security/passkey-acts.ts beginKey`]: {
    on: '/m/larkfield/security',
    with: () => ['larkfield'],
    answers: forClients,
  },
  [`${m}/(portal)/security/passkey-acts.ts keepKey`]: {
    on: '/m/larkfield/security',
    with: () => ['larkfield', { id: 'made-up' }, 'Mine'],
    answers: forClients,
  },
  [`${m}/(portal)/security/passkey-acts.ts removeKey`]: {
    on: '/m/larkfield/security',
    with: ({ clientSessionId }) => ['larkfield', new Form({ id: clientSessionId })],
    answers: forClients,
  },
  [`${m}/sign-in/passkey.ts askPasskey`]: {
    on: '/m/larkfield/sign-in',
    with: () => ['larkfield'],
    answers: forEverybody,
  },
  [`${m}/sign-in/passkey.ts showPasskey`]: {
    on: '/m/larkfield/sign-in',
    with: () => ['larkfield', { id: 'made-up' }],
    answers: forEverybody,
  },
  [`${m}/sign-in/ask-for-link.ts askForLink`]: {
    on: '/m/larkfield/sign-in',
    with: () => ['larkfield', null, 'idle', new Form({ email: 'not an address' })],
    answers: forEverybody,
  },
  [`${m}/sign-in/confirm/confirm.ts confirm`]: {
    on: '/m/larkfield/sign-in/confirm',
    with: () => ['larkfield', new Form()],
    answers: forEverybody,
  },
}
