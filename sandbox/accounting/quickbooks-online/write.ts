import { z } from 'zod'
import type { Books } from './books.ts'
import { cents, dollars } from './cents.ts'
import { currencyOf, home, requireFit } from './currencies.ts'
import { QuickbooksFault } from './fault.ts'
import { depositedFault } from './kinds/deposited.ts'
import { kinds } from './kinds/kinds.ts'
import { pacificDate } from './pacific-time.ts'
import { parseContent } from './parse-content.ts'
import { type Content, type EntityName, isTransaction } from './schema/schemas.ts'
import { contentOf, type Stored } from './stored.ts'

export type WriteOperation = 'create' | 'update' | 'delete' | 'void'

const handle = z.object({ Id: z.string(), SyncToken: z.string(), sparse: z.boolean().optional() })

/** Writes as a client asks for it and answers with the record, or with undefined when it was deleted. */
export function write<E extends EntityName>(
  books: Books,
  entity: E,
  operation: WriteOperation,
  sent: object,
): Stored<E> | undefined {
  switch (operation) {
    case 'create':
      return create(books, entity, parseContent(entity, sent))
    case 'update': {
      const stored = grasp(books, entity, sent)
      const isSparse = 'sparse' in sent && sent.sparse === true
      return update(books, stored, parseContent(entity, isSparse ? { ...contentOf(stored), ...sent } : sent))
    }
    case 'delete':
      return remove(books, grasp(books, entity, sent))
    case 'void':
      return annulled(books, entity, grasp(books, entity, sent))
  }
}

export function create<E extends EntityName>(books: Books, entity: E, sent: Content<E>): Stored<E> {
  if (entity === 'TaxCode') throw new QuickbooksFault('500', 'Unsupported Operation : TaxCode cannot be created here')
  return books.insert(entity, accept(books, entity, sent, undefined))
}

export function update<E extends EntityName>(books: Books, stored: Stored<E>, sent: Content<E>): Stored<E> {
  refuseClosed(books, contentOf(stored))
  const content = accept(books, stored.entity, sent, stored)
  shrinkApplications(books, stored, 'TotalAmt' in content ? cents(content.TotalAmt) : Infinity)
  books.replace(stored, content)
  return stored
}

export function remove<E extends EntityName>(books: Books, stored: Stored<E>): undefined {
  if (!isTransaction(stored.entity)) {
    throw new QuickbooksFault('500', `Unsupported Operation : ${stored.entity} is made inactive instead of deleted`)
  }
  refuseClosed(books, contentOf(stored))
  refuseDeposited(books, stored)
  shrinkApplications(books, stored, 0)
  books.remove(stored)
}

function annulled<E extends EntityName>(books: Books, entity: E, stored: Stored<E>): Stored<E> {
  if (entity === 'Invoice') voidInvoice(books, required(books, 'Invoice', stored.id))
  else if (entity === 'Payment') voidPayment(books, required(books, 'Payment', stored.id))
  else throw new QuickbooksFault('500', `Unsupported Operation : ${entity} cannot be voided through this interface`)
  return stored
}

/** Voiding keeps the record and takes its amounts away. */
function annul<E extends EntityName>(books: Books, stored: Stored<E>): void {
  refuseClosed(books, contentOf(stored))
  refuseDeposited(books, stored)
  shrinkApplications(books, stored, 0)
}

export function voidInvoice(books: Books, stored: Stored<'Invoice'>): void {
  annul(books, stored)
  const content = contentOf(stored)
  const Line = content.Line.map(({ SalesItemLineDetail: detail, ...line }) => ({
    ...line,
    Amount: 0,
    ...(detail && { SalesItemLineDetail: { ...detail, Qty: 0 } }),
  }))
  const emptied = { ...content, Line, TotalAmt: 0, TxnTaxDetail: { TotalTax: 0 }, PrivateNote: voidNote(content) }
  books.replace(stored, emptied, 'voided')
}

function voidPayment(books: Books, stored: Stored<'Payment'>): void {
  annul(books, stored)
  const content = contentOf(stored)
  books.replace(stored, { ...content, Line: [], TotalAmt: 0, PrivateNote: voidNote(content) }, 'voided')
}

function voidNote({ PrivateNote = '' }: Content<'Invoice' | 'Payment'>): string {
  return PrivateNote === '' ? 'Voided' : `Voided - ${PrivateNote}`
}

function accept<E extends EntityName>(
  books: Books,
  entity: E,
  sent: Content<E>,
  previous: Stored<E> | undefined,
): Content<E> {
  const content = { ...sent, ...(isTransaction(entity) && transactionDefaults(books, entity, sent, previous)) }
  for (const name of [
    'Id',
    'SyncToken',
    'MetaData',
    'sparse',
    'domain',
    'status',
    'LinkedTxn',
    'Balance',
    'UnappliedAmt',
  ] as const) {
    Reflect.deleteProperty(content, name)
  }
  refuseClosed(books, content)
  refuseDuplicate(books, entity, content, previous?.id)
  return kinds[entity].accept(books, content, previous)
}

function transactionDefaults(
  books: Books,
  entity: EntityName,
  sent: Content<EntityName>,
  previous: Stored | undefined,
): object {
  const CurrencyRef = currencyOf(books, 'CurrencyRef' in sent ? sent.CurrencyRef : undefined)
  requireFit(books, CurrencyRef, {
    customer: 'CustomerRef' in sent ? sent.CustomerRef : undefined,
    account: 'DepositToAccountRef' in sent ? sent.DepositToAccountRef : undefined,
  })
  // Left unsaid, a rate is 1: QuickBooks looks none up for a program.
  const rate = ('ExchangeRate' in sent ? sent.ExchangeRate : undefined) ?? 1
  const before = previous && contentOf(previous)
  const number = before && 'DocNumber' in before ? before.DocNumber : undefined
  return {
    TxnDate: ('TxnDate' in sent ? sent.TxnDate : undefined) ?? pacificDate(books.now()),
    CurrencyRef,
    ...(CurrencyRef.value === home ? { ExchangeRate: undefined } : { ExchangeRate: rate }),
    ...(!books.settings.customTxnNumbers && isNumbered(entity) && { DocNumber: number ?? nextNumber(books, entity) }),
  }
}

function isNumbered(entity: EntityName): boolean {
  return ['Invoice', 'CreditMemo', 'SalesReceipt', 'RefundReceipt', 'JournalEntry'].includes(entity)
}

function nextNumber(books: Books, entity: EntityName): string {
  let number = 1001 + books.countOf(entity)
  while (books.idByKey(entity, String(number)) !== undefined) number += 1
  return String(number)
}

function grasp<E extends EntityName>(books: Books, entity: E, sent: object): Stored<E> {
  const read = handle.safeParse(sent)
  if (!read.success) {
    const missing = read.error.issues[0]?.path.join('.') ?? 'Id'
    throw new QuickbooksFault('2020', `Required parameter ${missing} is missing in the request`, missing)
  }
  const stored = required(books, entity, read.data.Id)
  if (read.data.SyncToken !== String(stored.syncToken)) {
    throw new QuickbooksFault(
      '5010',
      `Stale Object Error : You and another user were working on this at the same time. ${entity} ${stored.id} is at ${stored.syncToken}`,
    )
  }
  return stored
}

/** The record by that id; 610 when there is none. */
export function required<E extends EntityName>(books: Books, entity: E, id: string): Stored<E> {
  const stored = books.find(entity, id)
  if (stored !== undefined) return stored
  throw new QuickbooksFault(
    '610',
    `Object Not Found : Something you're trying to use has been made inactive. ${entity} ${id}`,
  )
}

function refuseClosed(books: Books, content: Content<EntityName>): void {
  const { bookCloseDate, closedWithPassword } = books.settings
  const date = 'TxnDate' in content ? content.TxnDate : undefined
  if (bookCloseDate === undefined || date === undefined || date > bookCloseDate) return
  throw new QuickbooksFault(
    closedWithPassword ? '6210' : '6200',
    `The account period has closed and the account books cannot be updated through online services. Books are closed through ${bookCloseDate}`,
    'TxnDate',
  )
}

function refuseDuplicate(
  books: Books,
  entity: EntityName,
  content: Content<EntityName>,
  ownId: string | undefined,
): void {
  if ('DisplayName' in content || 'Name' in content) {
    const name = 'DisplayName' in content ? content.DisplayName : content.Name
    const holder = books.idByKey(entity, name)
    if (holder === undefined || holder === ownId) return
    throw new QuickbooksFault('6240', `The name supplied already exists. : Id=${holder}`, 'Name')
  }
  if (!isNumbered(entity) || !('DocNumber' in content) || content.DocNumber === undefined) return
  const holder = books.idByKey(entity, content.DocNumber)
  if (holder === undefined || holder === ownId) return
  throw new QuickbooksFault(
    '6140',
    `You must specify a different number. This number has already been used. DocNumber=${content.DocNumber} is assigned to TxnType=${entity} with TxnId=${holder}`,
    'DocNumber',
  )
}

function refuseDeposited(books: Books, stored: Stored): void {
  const content = contentOf(stored)
  const lineIds =
    stored.entity === 'JournalEntry' && 'Line' in content ? (content.Line ?? []).map((line) => line.Id ?? '') : []
  const targets = [
    { type: stored.entity, id: stored.id },
    ...lineIds.map((lineId) => ({ type: stored.entity, id: stored.id, lineId })),
  ]
  if (targets.some((target) => books.deposits.sourcesOf(target).length > 0)) throw depositedFault()
}

/** What was applied to a sale that got smaller or went away becomes unapplied again, the newest payment first. */
function shrinkApplications(books: Books, { entity, id }: Stored, leftCents: number): void {
  const target = { type: entity, id }
  let excess = books.applications.takenFrom(target) - leftCents
  for (const [paymentId, taken] of books.applications.sourcesOf(target).reverse()) {
    const payment = books.find('Payment', paymentId)
    if (excess <= 0 || payment === undefined) return
    const kept = Math.max(0, taken - excess)
    const content = contentOf(payment)
    const Line = (content.Line ?? []).flatMap((line) => {
      const isHit = line.LinkedTxn?.some((link) => link.TxnType === entity && link.TxnId === id)
      return !isHit ? [line] : kept > 0 ? [{ ...line, Amount: dollars(kept) }] : []
    })
    books.replace(payment, { ...content, Line })
    excess -= taken - kept
  }
}
