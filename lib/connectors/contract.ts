import type { z } from 'zod'
import type { PlainDate } from '@/lib/base/clock'
import type { Money } from '@/lib/money/money'

/** What every connector has. It translates; it has no state, no database, no clock. */
export type Connector<Secret> = {
  id: string
  name: string
  secret: z.ZodType<Secret>
  /** Who are we talking to, and which rights does the key lack, in words. @throws ConnectorFault */
  check: (secret: Secret) => Promise<Checked>
}

export type Checked = { account: string; accountName: string; missing: string[]; details: Record<string, string> }

/** A page of what the vendor said. `rejected` rows did not parse: they are kept and shown, never dropped. */
export type Page<Item, Cursor> = { items: Item[]; rejected: Rejected[]; cursor: Cursor }
export type Rejected = { externalId: string; reason: string; raw: unknown }
/** Reads from `cursor` on (undefined: everything). The next pull starts at the last cursor; upserts absorb the overlap. */
export type Pull<Secret, Item, Cursor = PullCursor> = (
  secret: Secret,
  cursor: Cursor | undefined,
) => AsyncIterable<Page<Item, Cursor>>
/**
 * `since`: ISO instant of the newest change known when the last whole run began, in the vendor's time. While a run is
 * under way, `page` says where to go on and `newest` what `since` becomes once the run is whole.
 */
export type PullCursor = { since?: string; page?: string; newest?: string }

export type PulledClient = {
  externalId: string
  name: string
  identifier: string
  billingEmail?: string
  /** The vendor's id of the contact marked as billing contact, when the company names one. */
  billingContactId?: string
  phone: string
  address: { line1: string; line2: string; city: string; region: string; postalCode: string; country: string }
  termsDays?: number
  currency?: string
  gone: boolean
  source: unknown
}

export type PulledContact = {
  externalId: string
  clientExternalId: string
  name: string
  email?: string
  title: string
  /** Marked as the one for billing. */
  isBilling: boolean
  /** The company's first address when nobody is named for billing. */
  isDefault: boolean
  gone: boolean
  source: unknown
}

export type PulledAgreement = {
  externalId: string
  clientExternalId: string
  name: string
  status: string
  startsOn?: PlainDate
  endsOn?: PlainDate
  additions: PulledAddition[]
  source: unknown
}

export type PulledAddition = {
  externalId: string
  description: string
  /** Decimal text, up to six places. */
  quantity: string
  unitPrice: Money
  effectiveOn?: PlainDate
  cancelledOn?: PlainDate
}

export type PulledInvoice = {
  externalId: string
  clientExternalId: string
  agreementExternalId?: string
  kind: 'invoice' | 'credit_memo'
  number: string
  psaType: string
  psaStatus: string
  issuedOn: PlainDate
  dueOn: PlainDate
  tax: Money
  /** What the invoice asks for, or the credit memo credits: never negative. */
  total: Money
  /** What the PSA says is still open. */
  balance: Money
  lines: PulledLine[]
  /** Every payment row that stands on it in the PSA. */
  payments: PulledPayment[]
  source: unknown
}

export type PulledLine = {
  kind: 'agreement' | 'product' | 'time' | 'expense' | 'adjustment'
  heading: string
  description: string
  quantity: string
  unitPrice: Money
  amount: Money
  taxable: boolean
}

export type PulledPayment = { externalId: string; amount: Money; paidOn: PlainDate; creditExternalId?: string }

/** A payment as it should stand on one invoice in the PSA. */
export type PaidFact = {
  invoiceExternalId: string
  amount: Money
  paidOn: PlainDate
  /** Payment rows on this invoice that are accounted for already: never mistaken for this one. */
  knownPaymentIds: string[]
}
export type ReversedFact = { invoiceExternalId: string; paymentExternalId: string }
export type Note = { invoiceExternalId: string; text: string }

/** Hints only: the object is fetched again. */
export type ChangeHint = { entity: 'invoice' | 'agreement' | 'client' | 'contact'; externalId: string; action: string }

export type Psa<Secret> = Connector<Secret> & {
  pullClients: Pull<Secret, PulledClient>
  pullContacts: Pull<Secret, PulledContact>
  pullAgreements: Pull<Secret, PulledAgreement>
  pullInvoices: Pull<Secret, PulledInvoice>
  /** @throws ConnectorFault skip when the row cannot be read */
  fetchInvoice: (secret: Secret, externalId: string) => Promise<PulledInvoice | 'gone'>
  /** Every invoice id there is, for noticing deletions, with the count the vendor claims, as a check on the list itself. */
  listInvoiceIds: (secret: Secret) => Promise<{ ids: string[]; claimedCount: number }>
  /** The same of people: whoever is no more loses their way in. */
  listContactIds: (secret: Secret) => Promise<{ ids: string[]; claimedCount: number }>
  hasContact: (secret: Secret, externalId: string) => Promise<boolean>
  /**
   * What is open there now, in one light list: payments need not touch an invoice's time of change, so open balances
   * are compared on every run.
   */
  listOpenBalances?: (secret: Secret) => Promise<{ externalId: string; balance: Money }[]>
  holdsPartialPayments: boolean
  /** The row an earlier push left behind whose answer was lost, found by invoice, amount and date. Reads only. */
  findPayment: (secret: Secret, fact: PaidFact) => Promise<{ externalId: string } | undefined>
  /** Writes once and never more than is open there; whoever repeats it asks `findPayment` first. @returns the row's id */
  pushPayment: (secret: Secret, fact: PaidFact) => Promise<{ externalId: string }>
  /** Safe to repeat: a row that is gone already is fine. */
  reversePayment?: (secret: Secret, fact: ReversedFact) => Promise<void>
  pushNote?: (secret: Secret, note: Note) => Promise<void>
  /** The page a person would open for this invoice. */
  invoiceUrl?: (secret: Secret, externalId: string) => string
  webhooks?: {
    /** Registers what is not registered yet; safe to repeat. */
    register: (secret: Secret, callbackUrl: string) => Promise<void>
    unregister: (secret: Secret, callbackUrl: string) => Promise<void>
    /** True when the vendor signed this very body. */
    verify: (secret: Secret, request: { headers: Headers; body: string }) => Promise<boolean>
    parse: (body: string, params: URLSearchParams) => ChangeHint[]
  }
}

export type GlAccount = {
  externalId: string
  name: string
  type: string
  subtype: string
  currency?: string
  active: boolean
}

/** The role an account of the books plays for us. */
export type AccountRole =
  | 'clearing'
  | 'bank'
  | 'processor_fees'
  | 'receivable'
  | 'surcharge_income'
  | 'disputed'
  | 'write_offs'
export type AccountMapping = Partial<Record<AccountRole, string>>

/** One document to stand in the books. `reference` is ours, unique, at most 21 letters: found again by it before any repeat. */
export type PostingDocument = {
  /** In another currency than the books' own. */
  isForeign?: boolean
} & (
  | {
      kind: 'payment'
      reference: string
      on: PlainDate
      customerExternalId: string
      currency: string
      amount: Money
      method: string
      note: string
      applied: { invoiceExternalId: string; amount: Money }[]
    }
  | {
      kind: 'deposit'
      reference: string
      on: PlainDate
      currency: string
      amount: Money
      note: string
      lines: DepositLine[]
    }
  | {
      kind: 'journal'
      reference: string
      on: PlainDate
      currency: string
      note: string
      lines: JournalDocumentLine[]
      /** What a payment of ours paid and pays no more, or pays again. */
      reapplied?: Reapplied[]
    }
)
/**
 * `amount` of a payment in the books moves between an invoice and a journal document. Taken back: it leaves the invoice,
 * which is open again, for the document that takes it back. Given back: it leaves that earlier document for the invoice.
 */
export type Reapplied = { paymentExternalId: string; invoiceExternalId: string; amount: Money } & (
  | { to: 'journal' }
  | { to: 'invoice'; journalExternalId: string }
)
export type DepositLine =
  | { linked: { kind: string; externalId: string; lineId?: string }; amount: Money }
  | { role: AccountRole; amount: Money; description: string }
export type JournalDocumentLine = {
  side: 'debit' | 'credit'
  role: AccountRole
  amount: Money
  customerExternalId?: string
  description: string
}

/** A document as it stands there. `externalTag` is what another document names beside the id to link to it. */
export type Posted = { externalKind: string; externalId: string; externalTag: string; amount: Money; on: PlainDate }
export type BookInvoice = {
  externalId: string
  number: string
  customerExternalId: string
  total: Money
  balance: Money
  on: PlainDate
}

export type Accounting<Secret> = Connector<Secret> & {
  pullAccounts: (secret: Secret) => Promise<GlAccount[]>
  /**
   * Sensible defaults, found by type; what cannot be found is left open. With a currency that is not the books' own: the
   * accounts that have to be in it.
   */
  suggestMapping: (accounts: GlAccount[], currency?: string) => AccountMapping
  /** The books' own currency, and whether they keep this one. A missing member: they keep one, the MSP's. */
  currencyOf?: (secret: Secret, currency: string) => Promise<{ home: string; isKept: boolean }>
  /** Invoices by our PSA's numbers; none or several of one is for the caller to judge. */
  findInvoices: (secret: Secret, numbers: string[]) => Promise<BookInvoice[]>
  /** By our own reference, before any repeat. */
  find: (
    secret: Secret,
    document: Pick<PostingDocument, 'kind' | 'reference' | 'on' | 'currency'>,
    mapping: AccountMapping,
  ) => Promise<Posted | undefined>
  /** `requestKey` is the vendor's idempotency key. @throws ConnectorFault */
  post: (secret: Secret, document: PostingDocument, mapping: AccountMapping, requestKey: string) => Promise<Posted>
  /**
   * Moves what payments pay, to or from the journal document that was just posted. Safe to repeat. A missing member: the
   * books show the invoice as paid and the journal document as owed beside it.
   */
  reapply?: (secret: Secret, journal: Posted, moves: Reapplied[], requestKey: string) => Promise<void>
  /** Every open invoice, and those of the `known` documents that still stand: what the tie-out compares. */
  balances: (secret: Secret, known: KnownDocument[]) => Promise<BookBalances>
  documentUrl?: (secret: Secret, kind: string, externalId: string) => string
  /** OAuth, for those that have it. */
  oauth?: AccountingOauth<Secret>
}

export type BookBalances = {
  /** The books' own currency, and whether they keep others beside it. */
  home: string
  keepsOthers: boolean
  invoices: BookInvoice[]
  /** Documents of ours as they stand there now, by external kind and id. */
  documents: { externalKind: string; externalId: string; amount: Money; on: PlainDate; reference: string }[]
}
export type KnownDocument = { externalKind: string; externalId: string }

export type AccountingOauth<Secret> = {
  authorizeUrl: (state: string, redirectUri: string) => string
  exchange: (query: URLSearchParams, redirectUri: string) => Promise<Secret>
  /** When the secret must be refreshed before use. */
  isStale: (secret: Secret, at: Date) => boolean
  refresh: (secret: Secret) => Promise<Secret>
  revoke: (secret: Secret) => Promise<void>
}
