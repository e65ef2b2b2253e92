import 'server-only'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { Note, PaidFact, ReversedFact } from '@/lib/connectors/contract'
import { toDecimal, toNumber } from '@/lib/money/wire'
import { type Api, type ConnectwiseSecret, isNotFound, openApi } from './api'
import { amountOf, currencyOf, parse, Unreadable } from './fields'
import { WireId, WireInvoice, WirePayment } from './wire'

/** Internal notes hold no more than this there. */
const NOTES_MAX = 4_000

/** The vendor knows no idempotency key and no reference of ours: a row is recognised by its amount and date. */
export async function findPayment(
  secret: ConnectwiseSecret,
  { invoiceExternalId, amount, paidOn, knownPaymentIds }: PaidFact,
): Promise<{ externalId: string } | undefined> {
  const api = await openApi(secret)
  const rows = await api.list(`finance/invoices/${invoiceExternalId}/payments`)
  const found = rows
    .map((row) => readable(() => parse(WirePayment, row)))
    .filter(({ id, credit, paymentDate }) => {
      return !credit && !knownPaymentIds.includes(String(id)) && paymentDate?.slice(0, 10) === paidOn
    })
    .find((row) => readable(() => amountOf('amount', row.amount, amount.currency)).minor === amount.minor)
  return found === undefined ? undefined : { externalId: String(found.id) }
}

/** Adds the payment row. Posted twice it would be there twice, and more than the balance would be taken without a word. */
export async function pushPayment(secret: ConnectwiseSecret, fact: PaidFact): Promise<{ externalId: string }> {
  const api = await openApi(secret)
  const path = `finance/invoices/${fact.invoiceExternalId}`
  const { currency } = fact.amount
  const invoice = await readInvoice(api, path)
  const balance = readable(() => amountOf('balance', invoice.balance, currencyOf(invoice.currency) ?? currency))
  if (balance.currency !== currency || balance.minor < fact.amount.minor)
    throw new ConnectorFault(
      'skip',
      `ConnectWise has only ${toDecimal(balance)} ${balance.currency} open on invoice ${invoice.invoiceNumber}, the payment is ${toDecimal(fact.amount)} ${currency}`,
      { code: 'BalanceTooLow' },
    )
  const made = await api.post(`${path}/payments`, {
    amount: toNumber(fact.amount),
    paymentDate: `${fact.paidOn}T00:00:00Z`,
  })
  const id = WireId.safeParse(made)
  // It was taken, but we do not know as what: the next try finds it by amount and date.
  if (!id.success) throw new ConnectorFault('unknown', 'ConnectWise took the payment but did not say its id')
  return { externalId: String(id.data.id) }
}

/** Removes the payment row. That it is gone already is what was wanted. */
export async function reversePayment(secret: ConnectwiseSecret, fact: ReversedFact): Promise<void> {
  const api = await openApi(secret)
  await api
    .remove(`finance/invoices/${fact.invoiceExternalId}/payments/${fact.paymentExternalId}`)
    .catch((fault: unknown) => {
      if (!isNotFound(fault)) throw fault
    })
}

/** Appends to the invoice's internal notes, once; a closed invoice has a door of its own for that. */
export async function pushNote(secret: ConnectwiseSecret, note: Note): Promise<void> {
  const api = await openApi(secret)
  const path = `finance/invoices/${note.invoiceExternalId}`
  const { internalNotes, status } = await readInvoice(api, path)
  if (internalNotes.includes(note.text)) return
  const whole = [internalNotes, note.text].filter((text) => text !== '').join('\n')
  const door = status?.isClosed === true ? `finance/closedInvoices/${note.invoiceExternalId}` : path
  await api.patch(door, [{ op: 'replace', path: 'internalNotes', value: whole.slice(-NOTES_MAX) }])
  // A path the vendor does not understand is answered with success and no effect.
  const written = await readInvoice(api, path)
  if (!written.internalNotes.includes(note.text))
    throw new ConnectorFault('skip', 'ConnectWise accepted the internal note but does not show it')
}

async function readInvoice(api: Api, path: string): Promise<WireInvoice> {
  const raw = await api.get(path)
  return readable(() => parse(WireInvoice, raw))
}

function readable<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) throw new ConnectorFault('skip', error.message)
    throw error
  }
}
