import type { WorldAgreement, WorldClient, WorldInvoice } from '../../world/world.ts'
import type { Psa } from './psa.ts'
import { billingStatus } from './setup-tables.ts'

/** Record as the vendor tells it. */
export type Json = {
  [name: string]: Json | Json[] | string | number | boolean | null | undefined | string[] | number[]
}

/** A calendar date as the vendor tells it: midnight in UTC, to be read without a zone. */
export function midnight(date: string): string {
  return `${date}T00:00:00Z`
}

/** Date-times carry no fraction of a second. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

export function info(updatedAt: number, updatedBy: string, links: Record<string, string> = {}): Json {
  return { lastUpdated: instant(updatedAt), updatedBy, ...links }
}

export function companyRef(psa: Psa, client: WorldClient | undefined): Json | undefined {
  if (client === undefined) return undefined
  const { id, identifier, name } = client
  return { id, identifier, name, _info: { company_href: `${psa.baseUrl}/company/companies/${id}` } }
}

export function siteRef(psa: Psa, client: WorldClient | undefined): Json | undefined {
  if (client === undefined) return undefined
  const href = `${psa.baseUrl}/company/companies/${client.id}/sites/${client.id}`
  return { id: client.id, name: 'Main', _info: { site_href: href } }
}

export function contactRef(psa: Psa, client: WorldClient, contactId: number): Json | undefined {
  const contact = client.contacts.find(({ id }) => id === contactId)
  if (contact === undefined) return undefined
  const href = `${psa.baseUrl}/company/contacts/${contact.id}`
  return { id: contact.id, name: `${contact.firstName} ${contact.lastName}`, _info: { contact_href: href } }
}

export function agreementRef(psa: Psa, agreement: WorldAgreement | undefined): Json | undefined {
  if (agreement === undefined) return undefined
  const { id, name } = agreement
  const href = `${psa.baseUrl}/finance/agreements/${id}`
  return { id, name, type: 'Managed services', chargeFirmFlag: false, _info: { agreement_href: href } }
}

export function invoiceRef(psa: Psa, invoice: WorldInvoice): Json {
  const href = `${psa.baseUrl}/finance/invoices/${invoice.id}`
  return {
    id: invoice.id,
    identifier: invoice.number,
    billingType: invoice.kind,
    applyToType: applyToType(invoice),
    invoiceDate: midnight(invoice.on),
    chargeFirmFlag: false,
    _info: { invoice_href: href },
  }
}

export function statusRef(psa: Psa, id: number): Json {
  const { name, closedFlag } = billingStatus(id)
  return { id, name, isClosed: closedFlag, _info: { status_href: `${psa.baseUrl}/finance/billingStatuses/${id}` } }
}

/** What a client is billed in. */
export function currencyRef(psa: Psa, client: WorldClient | undefined): Json {
  const currency = client?.currency ?? psa.msp.currency
  const { id, name } = currencies[currency]
  return {
    id,
    symbol: '$',
    currencyCode: currency,
    decimalSeparator: '.',
    numberOfDecimals: 2,
    thousandsSeparator: ',',
    negativeParenthesesFlag: false,
    displaySymbolFlag: true,
    currencyIdentifier: currency,
    displayIdFlag: false,
    rightAlign: false,
    name,
    _info: { currency_href: `${psa.baseUrl}/finance/currencies/${id}` },
  }
}

const currencies = { USD: { id: 7, name: 'US Dollars' }, CAD: { id: 8, name: 'Canadian Dollars' } }

export function taxCodeRef(client: WorldClient | undefined): Json {
  const rate = client?.taxRateBps ?? 0
  if (rate === 0) return { id: 9, name: 'Exempt' }
  const names = client?.taxes?.map(({ name, perMillion }) => `${name} ${perMillion / 10_000}%`)
  return { id: rate, name: names?.join(' + ') ?? `Sales tax ${rate / 100}%` }
}

/** Catalog items are known by their identifier; the number is made from it. */
export function catalogRef(identifier: string): Json {
  let id = 0
  for (const letter of identifier) id = (id * 31 + letter.charCodeAt(0)) % 9_000
  return { id: 400 + id, identifier }
}

export function applyToType({ kind }: WorldInvoice): 'Agreement' | 'Project' | 'Ticket' | 'All' {
  switch (kind) {
    case 'Agreement':
      return 'Agreement'
    case 'Progress':
      return 'Project'
    case 'Standard':
      return 'Ticket'
    case 'CreditMemo':
      return 'All'
  }
}

/** The ticket or project an invoice bills has the invoice's own id, plus a round number. */
export function workRefs(psa: Psa, { id, kind, title }: WorldInvoice): Json {
  const summary = title.slice(0, 100)
  if (kind === 'Standard') {
    const ticketId = 60_000 + id
    return {
      ticket: { id: ticketId, summary, _info: { ticket_href: `${psa.baseUrl}/service/tickets/${ticketId}` } },
    }
  }
  if (kind !== 'Progress') return {}
  const projectId = 3_000 + id
  return {
    project: { id: projectId, name: summary, _info: { project_href: `${psa.baseUrl}/project/projects/${projectId}` } },
  }
}
