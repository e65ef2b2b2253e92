import type { World, WorldClient, WorldInvoice, WorldPayment } from '../../world/world.ts'
import type { Books } from './books.ts'
import { dollars, sum } from './cents.ts'
import {
  accountRef,
  chartOfAccounts,
  classificationOf,
  itemCatalog,
  paymentMethods,
  systemAccounts,
} from './chart-of-accounts.ts'
import { currencyRef, home, rateOn, receivableIn } from './currencies.ts'
import { toCreditMemo, toInvoice } from './from-psa.ts'
import type { Ref } from './schema/common.ts'
import type { Content } from './schema/schemas.ts'

const startedOn = '2024-01-02'

/** Writes the books as an MSP's bookkeeper and its PSA's bridge would have kept them until today. */
export function seedBooks(books: Books, world: World): void {
  seedLists(books)
  // Books that keep one currency, as their settings say, do not know who is billed in another.
  const kept = world.clients.filter(({ currency }) => currency === undefined || books.settings.multicurrency)
  const clients = new Map(kept.map((client) => [client.id, client]))
  for (const client of kept) seedCustomer(books, client, clients.get(client.billToClientId ?? -1))
  const ids = new Map<number, string>()
  for (const invoice of world.invoices) {
    const client = clients.get(invoice.clientId)
    if (client !== undefined) ids.set(invoice.id, seedInvoice(books, invoice, client))
  }
  seedPayments(books, world, clients, ids)
}

/** The customer of a client has the client's own number, which no two share. */
function customerIdOf(clientId: number): string {
  return String(clientId)
}

function seedLists(books: Books): void {
  const at = atDawn(startedOn)
  for (const account of chartOfAccounts) seedAccount(books, account)
  for (const { id, name, accountId, taxable } of Object.values(itemCatalog)) {
    const item: Content<'Item'> = {
      Name: name,
      FullyQualifiedName: name,
      Active: true,
      Taxable: taxable,
      UnitPrice: 0,
      Type: 'Service',
      IncomeAccountRef: accountRef(accountId),
    }
    books.seed('Item', item, at, id)
  }
  for (const { id, name, type } of Object.values(paymentMethods)) {
    books.seed('PaymentMethod', { Name: name, Active: true, Type: type }, at, id)
  }
  for (const days of [0, 10, 15, 20, 30, 45, 60]) {
    const Name = days === 0 ? 'Due on receipt' : `Net ${days}`
    books.seed('Term', { Name, Active: true, Type: 'STANDARD', DueDays: days }, at)
  }
  books.seed('TaxCode', { Name: 'TAX', Description: 'TAX', Active: true, Taxable: true, TaxGroup: false }, at, 'TAX')
  books.seed('TaxCode', { Name: 'NON', Description: 'NON', Active: true, Taxable: false, TaxGroup: false }, at, 'NON')
  for (const Name of ['Managed services', 'Projects']) {
    books.seed('Class', { Name, FullyQualifiedName: Name, Active: true, SubClass: false }, at)
  }
  for (const Name of ['Main office', 'Remote']) {
    books.seed('Department', { Name, FullyQualifiedName: Name, Active: true, SubDepartment: false }, at)
  }
}

/** @param currency of the account, where it is not the company's own */
export function seedAccount(
  books: Books,
  { id, name, type, subType, currency = home }: (typeof chartOfAccounts)[number] & { currency?: string },
): void {
  const account: Content<'Account'> = {
    Name: name,
    FullyQualifiedName: name,
    SubAccount: false,
    Active: true,
    Classification: classificationOf(type),
    AccountType: type,
    AccountSubType: subType,
    CurrencyRef: currencyRef(currency),
  }
  books.seed('Account', account, atDawn(startedOn), id)
}

/** A client that another one pays for is a sub-customer of that one, and billed with it. */
function seedCustomer(books: Books, client: WorldClient, payer: WorldClient | undefined): void {
  const { address } = client
  const contact = client.contacts.find(({ id }) => id === client.billingContactId)
  const email = client.invoiceEmail ?? contact?.email
  const term = books.all('Term').find(({ content }) => 'DueDays' in content && content.DueDays === client.terms.dueDays)
  const customer: Content<'Customer'> = {
    DisplayName: client.name,
    CompanyName: client.name,
    FullyQualifiedName: payer === undefined ? client.name : `${payer.name}:${client.name}`,
    PrintOnCheckName: client.name,
    Active: true,
    Taxable: client.taxRateBps > 0,
    Job: payer !== undefined,
    BillWithParent: payer !== undefined,
    ...(payer && { ParentRef: { value: customerIdOf(payer.id), name: payer.name }, Level: 1 }),
    ...(contact && { GivenName: contact.firstName, FamilyName: contact.lastName }),
    PrimaryPhone: { FreeFormNumber: client.phone },
    ...(email !== undefined && { PrimaryEmailAddr: { Address: email } }),
    BillAddr: {
      Line1: address.line1,
      City: address.city,
      CountrySubDivisionCode: address.state,
      PostalCode: address.zip,
    },
    ...(term && { SalesTermRef: { value: term.id, name: client.terms.name } }),
    CurrencyRef: currencyRef(client.currency ?? home),
    PreferredDeliveryMethod: 'None',
  }
  books.seed('Customer', customer, atDawn(startedOn), customerIdOf(client.id))
}

function seedInvoice(books: Books, invoice: WorldInvoice, client: WorldClient): string {
  const at = atDawn(invoice.on)
  return invoice.kind === 'CreditMemo'
    ? books.seed('CreditMemo', () => toCreditMemo(invoice, client), at)
    : books.seed('Invoice', () => toInvoice(invoice, client), at)
}

/** Cheques and wires go through Undeposited Funds and to the bank the same day, all of a day in one deposit. */
function seedPayments(books: Books, world: World, clients: Map<number, WorldClient>, ids: Map<number, string>): void {
  const invoices = new Map(world.invoices.map((invoice) => [invoice.id, invoice]))
  let batch: { id: string; cents: number; currency: string }[] = []
  world.payments.forEach((payment, at) => {
    const client = clients.get(invoices.get(payment.invoiceId)?.clientId ?? -1)
    const invoiceId = ids.get(payment.invoiceId)
    if (client === undefined || invoiceId === undefined) return
    const creditId = payment.creditInvoiceId === undefined ? undefined : ids.get(payment.creditInvoiceId)
    const id = books.seed('Payment', seededPayment(payment, client, invoiceId, creditId), atDawn(payment.on))
    if (creditId === undefined) batch.push({ id, cents: payment.amountCents, currency: client.currency ?? home })
    if (world.payments[at + 1]?.on !== payment.on && batch.length > 0) {
      for (const [currency, own] of Map.groupBy(batch, (one) => one.currency))
        books.seed('Deposit', seededDeposit(payment.on, own, currency), atDawn(payment.on))
      batch = []
    }
  })
}

export function methodRef(method: WorldPayment['method']): Ref {
  const { id, name } = method === 'wire' ? paymentMethods.wire : paymentMethods.check
  return { value: id, name }
}

function seededPayment(
  { on, amountCents, method, reference }: WorldPayment,
  client: WorldClient,
  invoiceId: string,
  creditId: string | undefined,
): Content<'Payment'> {
  const Amount = dollars(amountCents)
  const credit = { Amount, LinkedTxn: [{ TxnId: creditId ?? '', TxnType: 'CreditMemo' }] }
  return {
    TxnDate: on,
    ...moneyOf(client.currency ?? home, on),
    CustomerRef: { value: customerIdOf(client.id), name: client.name },
    TotalAmt: creditId === undefined ? Amount : 0,
    DepositToAccountRef: accountRef(systemAccounts.undepositedFunds),
    ARAccountRef: { value: receivableIn(currencyRef(client.currency ?? home)) },
    ...(method !== 'credit' && {
      PaymentMethodRef: methodRef(method),
      PaymentRefNum: reference.slice(0, 21),
    }),
    Line: [
      { Amount, LinkedTxn: [{ TxnId: invoiceId, TxnType: 'Invoice' }] },
      ...(creditId === undefined ? [] : [credit]),
    ],
  }
}

function moneyOf(currency: string, on: string): Pick<Content<'Payment'>, 'CurrencyRef' | 'ExchangeRate'> {
  const CurrencyRef = currencyRef(currency)
  return currency === home ? { CurrencyRef } : { CurrencyRef, ExchangeRate: rateOn(currency, on) }
}

function seededDeposit(on: string, batch: { id: string; cents: number }[], currency: string): Content<'Deposit'> {
  return {
    TxnDate: on,
    ...moneyOf(currency, on),
    DepositToAccountRef: accountRef(currency === home ? systemAccounts.operating : '37'),
    TotalAmt: dollars(sum(batch.map(({ cents }) => cents))),
    Line: batch.map(({ id, cents }, at) => ({
      Id: String(at + 1),
      LineNum: at + 1,
      Amount: dollars(cents),
      LinkedTxn: [{ TxnId: id, TxnType: 'Payment', TxnLineId: '0' }],
    })),
  }
}

/** Early on that day in the vendor's zone: before anything of the day the simulation starts on. */
function atDawn(day: string): number {
  return Date.parse(`${day}T00:00:00-08:00`)
}
