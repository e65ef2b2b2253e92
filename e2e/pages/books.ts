import { stack } from '../support/stack.ts'
import { ask } from './ask.ts'

type Line = {
  Amount: number
  Description?: string
  LinkedTxn?: { TxnId: string; TxnType: string }[]
  DepositLineDetail?: { AccountRef?: { name?: string; value: string } }
}
export type BooksRecord = {
  Id: string
  DocNumber?: string
  TotalAmt: number
  Balance?: number
  TxnDate: string
  Line?: Line[]
}

const books = (path: string) => `${stack().urls.quickbooksOnline}/_sandbox/${path}`

export function inBooks(entity: 'Invoice' | 'Payment' | 'Deposit' | 'JournalEntry'): Promise<BooksRecord[]> {
  return ask(books(`records/${entity}`))
}

/** What the books say is open on an invoice, in cents. */
export async function openInBooks(number: string): Promise<number | undefined> {
  const invoice = (await inBooks('Invoice')).find(({ DocNumber }) => DocNumber === number)
  return invoice === undefined ? undefined : cents(invoice.Balance ?? Number.NaN)
}

/** The payments in the books that are applied to an invoice. */
export async function booksPaymentsOn(number: string): Promise<BooksRecord[]> {
  const invoice = (await inBooks('Invoice')).find(({ DocNumber }) => DocNumber === number)
  const isOnIt = ({ LinkedTxn = [] }: Line) =>
    LinkedTxn.some(({ TxnId, TxnType }) => TxnType === 'Invoice' && TxnId === invoice?.Id)
  return (await inBooks('Payment')).filter(({ Line = [] }) => Line.some(isOnIt))
}

/** A person deletes something in the books. */
export async function deleteInBooks(entity: string, id: string): Promise<void> {
  await ask(books('edit'), { entity, id, operation: 'delete' })
}

/** A person gives a payment in the books another amount. */
export async function editPaymentInBooks({ Id, Line = [] }: BooksRecord, toCents: number): Promise<void> {
  const amount = toCents / 100
  const change = { TotalAmt: amount, Line: Line.map((line) => ({ ...line, Amount: amount })) }
  await ask(books('edit'), { entity: 'Payment', id: Id, change })
}

/** What arrived at the bank. */
export async function bankLines(): Promise<{ amountCents: number; description: string; on: string }[]> {
  const { lines } = await ask<{ lines: { amountCents: number; description: string; on: string }[] }>(
    `${stack().urls.bank}/lines`,
  )
  return lines
}

export function cents(amount: number): number {
  return Math.round(amount * 100)
}
