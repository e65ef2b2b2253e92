import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type {
  ChangeHint,
  Checked,
  Note,
  Page,
  PaidFact,
  Psa,
  PullCursor,
  PulledAgreement,
  PulledClient,
  PulledContact,
  PulledInvoice,
  ReversedFact,
} from '@/lib/connectors/contract'
import type { Money } from '@/lib/money/money'

type Opened<Item> = (cursor: PullCursor | undefined) => AsyncIterable<Page<Item, PullCursor>>

/** A PSA with its secret inside: what the rest of this room works with, whichever system it is. */
export type OpenPsa = {
  id: string
  name: string
  check: () => Promise<Checked>
  pullClients: Opened<PulledClient>
  pullContacts: Opened<PulledContact>
  pullAgreements: Opened<PulledAgreement>
  pullInvoices: Opened<PulledInvoice>
  fetchInvoice: (externalId: string) => Promise<PulledInvoice | 'gone'>
  listInvoiceIds: () => Promise<{ ids: string[]; claimedCount: number }>
  listContactIds: () => Promise<{ ids: string[]; claimedCount: number }>
  hasContact: (externalId: string) => Promise<boolean>
  listOpenBalances?: () => Promise<{ externalId: string; balance: Money }[]>
  findPayment: (fact: PaidFact) => Promise<{ externalId: string } | undefined>
  pushPayment: (fact: PaidFact) => Promise<{ externalId: string }>
  reversePayment?: (fact: ReversedFact) => Promise<void>
  pushNote?: (note: Note) => Promise<void>
  invoiceUrl?: (externalId: string) => string
  webhooks?: {
    register: (callbackUrl: string) => Promise<void>
    unregister: (callbackUrl: string) => Promise<void>
    verify: (request: { headers: Headers; body: string }) => Promise<boolean>
    parse: (body: string, params: URLSearchParams) => ChangeHint[]
  }
}

/** @throws ConnectorFault reconnect when what was stored is not a secret of this connector */
export function openPsa<Secret>(psa: Psa<Secret>, stored: unknown): OpenPsa {
  const read = psa.secret.safeParse(stored)
  if (!read.success) throw new ConnectorFault('reconnect', `These are not credentials for ${psa.name}`)
  const secret = read.data
  const { listOpenBalances, reversePayment, pushNote, invoiceUrl, webhooks } = psa
  return {
    id: psa.id,
    name: psa.name,
    check: () => psa.check(secret),
    pullClients: (cursor) => psa.pullClients(secret, cursor),
    pullContacts: (cursor) => psa.pullContacts(secret, cursor),
    pullAgreements: (cursor) => psa.pullAgreements(secret, cursor),
    pullInvoices: (cursor) => psa.pullInvoices(secret, cursor),
    fetchInvoice: (externalId) => psa.fetchInvoice(secret, externalId),
    listInvoiceIds: () => psa.listInvoiceIds(secret),
    listContactIds: () => psa.listContactIds(secret),
    hasContact: (externalId) => psa.hasContact(secret, externalId),
    findPayment: (fact) => psa.findPayment(secret, fact),
    pushPayment: (fact) => psa.pushPayment(secret, fact),
    ...(listOpenBalances && { listOpenBalances: () => listOpenBalances(secret) }),
    ...(reversePayment && { reversePayment: (fact: ReversedFact) => reversePayment(secret, fact) }),
    ...(pushNote && { pushNote: (note: Note) => pushNote(secret, note) }),
    ...(invoiceUrl && { invoiceUrl: (externalId: string) => invoiceUrl(secret, externalId) }),
    ...(webhooks && {
      webhooks: {
        register: (callbackUrl: string) => webhooks.register(secret, callbackUrl),
        unregister: (callbackUrl: string) => webhooks.unregister(secret, callbackUrl),
        verify: (request: { headers: Headers; body: string }) => webhooks.verify(secret, request),
        parse: webhooks.parse,
      },
    }),
  }
}
