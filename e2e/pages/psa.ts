import { stack } from '../support/stack.ts'
import { ask } from './ask.ts'
import { linkIn, mailLike, mailsSoFar } from './mailbox.ts'
import { dollars } from './money.ts'

export type PsaInvoice = {
  id: number
  number: string
  client: string
  totalCents: number
  balanceCents: number
  internalNotes: string
  payments: { id: number; amountCents: number; appliedBy: string }[]
}

const psa = (path: string) => `${stack().urls.connectwise}/_sandbox/${path}`

/** Somebody at the MSP writes an invoice in the PSA. */
export function issueInvoice(client: string, cents: number, more: object = {}): Promise<PsaInvoice> {
  const lines = [{ description: 'Remote support', unitPriceCents: cents }]
  return ask(psa('invoices'), { client, lines, ...more })
}

export type SentInvoice = PsaInvoice & { payLink: string; to: string; sum: string }

/** Somebody at the MSP takes a client on. */
export async function addClient(facts: object): Promise<void> {
  await ask(psa('clients'), facts)
}

/**
 * The same as `issueInvoice`, and the pay link that the MSP's rule mails by itself once the PSA has called.
 * @param called what the mail calls an invoice, in the client's language
 */
export async function issueAndReceive(
  client: string,
  cents: number,
  more: object = {},
  called = 'Invoice',
): Promise<SentInvoice> {
  const after = await mailsSoFar()
  const invoice = await issueInvoice(client, cents, more)
  const mail = await mailLike({ subject: `${called} ${invoice.number} `, after })
  return { ...invoice, payLink: linkIn(mail, '/pay/'), to: mail.to[0] ?? '', sum: dollars(cents) }
}

export async function psaInvoice(number: string): Promise<PsaInvoice> {
  const { invoices } = await ask<{ invoices: PsaInvoice[] }>(psa(`invoices?number=${encodeURIComponent(number)}`))
  const [invoice] = invoices
  if (invoice === undefined) throw new Error(`The PSA has no invoice ${number}`)
  return invoice
}

/** The payment rows on an invoice that are ours. */
export async function ourPsaPayments(number: string): Promise<{ amountCents: number }[]> {
  const { id } = await psaInvoice(number)
  const { payments } = await ask<{ payments: { amountCents: number }[] }>(psa(`payments?by=closeloop&invoiceId=${id}`))
  return payments
}

/** Somebody at the MSP corrects what an invoice bills. */
export async function changeInPsa(id: number, cents: number): Promise<void> {
  const lines = [{ description: 'Remote support', unitPriceCents: cents }]
  await ask(psa(`invoices/${id}`), { lines }, 'PATCH')
}

export async function deleteInPsa(id: number): Promise<void> {
  await ask(psa(`invoices/${id}`), undefined, 'DELETE')
}

/** Makes the row of an invoice unreadable in one of the stand-in's ways, or well again. */
export async function spoil(invoiceId: number, kind: string): Promise<void> {
  await ask(psa('bad-row'), { invoiceId, kind })
}

/** Puts an error into calls the PSA would answer. */
export async function setPsaFaults(rules: object[]): Promise<void> {
  await ask(`${stack().urls.page}/faults/connectwise`, { rules })
}
