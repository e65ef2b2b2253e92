import type { WorldAddition, WorldClient, WorldContact } from '../../world/world.ts'
import type { AgreementRecord, ClientRecord, NoteRecord, Psa } from './psa.ts'
import {
  catalogRef,
  companyRef,
  contactRef,
  currencyRef,
  info,
  instant,
  type Json,
  midnight,
  siteRef,
  taxCodeRef,
} from './references.ts'
import { billingTerms, noteTypes } from './setup-tables.ts'

export function renderCompany(psa: Psa, { client, updatedAt, updatedBy }: ClientRecord): Json {
  const payer = psa.clients.get(client.billToClientId ?? 0)?.client
  const { address } = client
  const { country = psa.msp.country } = address
  return {
    id: client.id,
    identifier: client.identifier,
    name: client.name,
    status: { id: 1, name: 'Active' },
    addressLine1: address.line1,
    city: address.city,
    state: address.state,
    zip: address.zip,
    country: { id: country === 'Canada' ? 2 : 1, name: country },
    phoneNumber: client.phone,
    accountNumber: '',
    defaultContact: contactRef(psa, client, client.contacts[0]?.id ?? 0),
    leadFlag: false,
    unsubscribeFlag: false,
    taxCode: taxCodeRef(client),
    billingTerms: termsRef(client),
    billToCompany: companyRef(psa, payer ?? client),
    billingSite: siteRef(psa, client),
    billingContact: client.billingBy === 'client' ? contactRef(psa, client, client.billingContactId) : undefined,
    invoiceDeliveryMethod: { id: 2, name: 'E-mail' },
    invoiceToEmailAddress: client.invoiceEmail,
    invoiceCCEmailAddress: client.invoiceCcEmail,
    deletedFlag: false,
    currency: currencyRef(psa, client),
    isVendorFlag: false,
    types: [{ id: 1, name: 'Client' }],
    site: siteRef(psa, client),
    integratorTags: [],
    customFields: [],
    _info: info(updatedAt, updatedBy, {
      contacts_href: `${psa.baseUrl}/company/contacts?conditions=company/id=${client.id}`,
      notes_href: `${psa.baseUrl}/company/companies/${client.id}/notes`,
    }),
  }
}

function termsRef(client: WorldClient): Json {
  const { id, name } = billingTerms.find((terms) => terms.name === client.terms.name) ?? billingTerms[2]
  return { id, name }
}

export type ContactRow = { contact: WorldContact; record: ClientRecord }

export function renderContact(psa: Psa, { contact, record }: ContactRow): Json {
  const { client } = record
  const phone = client.phone.replace(/\D/g, '')
  return {
    id: contact.id,
    firstName: contact.firstName,
    lastName: contact.lastName,
    company: companyRef(psa, client),
    site: siteRef(psa, client),
    inactiveFlag: false,
    title: contact.title,
    defaultPhoneType: 'Direct',
    defaultPhoneNbr: phone,
    defaultBillingFlag: client.billingBy === 'contact' && contact.isBilling,
    defaultFlag: contact.id === client.contacts[0]?.id,
    communicationItems: [
      {
        id: contact.id * 2,
        type: { id: 2, name: 'Direct' },
        value: phone,
        defaultFlag: true,
        communicationType: 'Phone',
      },
      {
        id: contact.id * 2 + 1,
        type: { id: 1, name: 'Email' },
        value: contact.email,
        defaultFlag: true,
        domain: contact.email.slice(contact.email.indexOf('@')),
        communicationType: 'Email',
      },
    ],
    types: [],
    integratorTags: [],
    customFields: [],
    _info: info(record.updatedAt, record.updatedBy),
  }
}

export function renderSite(psa: Psa, { client, updatedAt, updatedBy }: ClientRecord): Json {
  return {
    id: client.id,
    name: 'Main',
    addressLine1: client.address.line1,
    city: client.address.city,
    stateReference: { id: 1, identifier: client.address.state, name: client.address.state },
    zip: client.address.zip,
    phoneNumber: client.phone,
    primaryAddressFlag: true,
    defaultShippingFlag: true,
    defaultBillingFlag: true,
    defaultMailingFlag: true,
    inactiveFlag: false,
    billSeparateFlag: false,
    company: companyRef(psa, client),
    customFields: [],
    _info: info(updatedAt, updatedBy),
  }
}

export function renderNote(psa: Psa, note: NoteRecord): Json {
  const type = noteTypes.find(({ id }) => id === note.typeId) ?? noteTypes[0]
  return {
    id: note.id,
    text: note.text,
    type: { id: type.id, name: type.name },
    flagged: note.flagged,
    enteredBy: note.by,
    company: companyRef(psa, psa.clients.get(note.clientId)?.client),
    _info: info(note.at, note.by),
  }
}

export function renderAgreement(psa: Psa, { agreement, updatedAt, updatedBy }: AgreementRecord): Json {
  const client = psa.clients.get(agreement.clientId)?.client
  const isCancelled = agreement.cancelledOn !== undefined && agreement.cancelledOn <= psa.today()
  return {
    id: agreement.id,
    name: agreement.name,
    type: { id: 3, name: 'Managed services' },
    company: companyRef(psa, client),
    contact: client === undefined ? undefined : contactRef(psa, client, client.contacts[0]?.id ?? 0),
    site: siteRef(psa, client),
    startDate: midnight(agreement.startOn),
    noEndingDateFlag: true,
    cancelledFlag: isCancelled,
    dateCancelled: agreement.cancelledOn === undefined ? undefined : midnight(agreement.cancelledOn),
    applicationUnits: 'Amount',
    applicationLimit: 0,
    billingCycle: { id: 1, name: 'Monthly' },
    billOneTimeFlag: false,
    billingTerms: client === undefined ? undefined : termsRef(client),
    invoicingCycle: 'CalendarYear',
    billToCompany: companyRef(psa, psa.clients.get(client?.billToClientId ?? 0)?.client ?? client),
    billAmount: agreement.baseCents / 100,
    taxable: (client?.taxRateBps ?? 0) > 0,
    billStartDate: midnight(agreement.startOn),
    taxCode: taxCodeRef(client),
    prorateFlag: false,
    invoiceDescription: agreement.name,
    currency: currencyRef(psa, client),
    periodType: 'Future',
    autoInvoiceFlag: true,
    nextInvoiceDate: nextMonth(psa.today()),
    agreementStatus: isCancelled ? 'Cancelled' : 'Active',
    customFields: [],
    _info: info(updatedAt, updatedBy, {
      additions_href: `${psa.baseUrl}/finance/agreements/${agreement.id}/additions`,
    }),
  }
}

function nextMonth(today: string): string {
  const [year = 0, month = 0] = today.split('-').map(Number)
  return instant(Date.UTC(year, month, 1))
}

export type AdditionRow = { addition: WorldAddition; record: AgreementRecord }

export function renderAddition(psa: Psa, { addition, record }: AdditionRow): Json {
  const price = addition.unitPriceCents / 100
  const isOver = addition.cancelledOn !== undefined && addition.cancelledOn <= psa.today()
  return {
    id: addition.id,
    product: catalogRef(addition.product),
    quantity: addition.quantity,
    lessIncluded: 0,
    unitPrice: price,
    unitCost: Math.round(addition.unitPriceCents * 0.6) / 100,
    billCustomer: 'Billable',
    effectiveDate: midnight(addition.effectiveOn),
    cancelledDate: addition.cancelledOn === undefined ? undefined : midnight(addition.cancelledOn),
    taxableFlag: addition.taxable,
    invoiceDescription: addition.description,
    purchaseItemFlag: false,
    specialOrderFlag: false,
    agreementId: record.agreement.id,
    description: addition.description,
    billedQuantity: addition.quantity,
    uom: addition.unit === 'seat' ? 'Seat' : addition.unit === 'device' ? 'Each' : 'Month',
    extPrice: psa.options.floatNoise ? addition.quantity * price : (addition.quantity * addition.unitPriceCents) / 100,
    prorateCurrentPeriodFlag: false,
    agreementStatus: isOver ? 'Cancelled' : 'Active',
    customFields: [],
    _info: info(record.updatedAt, record.updatedBy),
  }
}
