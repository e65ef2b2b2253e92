import { z } from 'zod'
import { QuickbooksFault } from '../accounting/quickbooks-online/fault.ts'
import { remove, required } from '../accounting/quickbooks-online/write.ts'
import { advance } from './clock-api.ts'
import { clearFaults, faultyServices, setFaults, setNextCall } from './faults-api.ts'
import type { PageParts } from './parts.ts'
import { clockWords, money } from './words.ts'

/** What a button led to, in words; `isRefused` when it could not be done. */
type Said = { said: string; isRefused?: boolean }

const work = [
  { description: 'Remote support, mail delivery', quantity: 1.5, unitPriceCents: 14_500 },
  { description: 'On-site work, new workstation', quantity: 2.25, unitPriceCents: 16_500 },
  { description: 'Firewall rule review', quantity: 4, unitPriceCents: 18_000 },
]

/** Runs what a person asked for on the page. */
export async function act(parts: PageParts, name: string, form: URLSearchParams): Promise<Said> {
  const { clock, world, faults } = parts
  switch (name) {
    case 'advance':
      await advance(clock, world.msp.timeZone, wantedAdvance(form))
      return { said: `It is now ${clockWords(clock.now(), world.msp.timeZone)}.` }
    case 'pause':
      clock.pause()
      return { said: 'The clock stands still.' }
    case 'run':
      clock.resume()
      return { said: 'The clock runs.' }
    case 'fault':
      return setFault(parts, form)
    case 'calm':
      clearFaults(faults)
      return { said: 'Every service works as usual.' }
    case 'new-invoice':
      return newInvoice(parts, Number(form.get('client')))
    case 'record-payment':
      return recordPayment(parts, form.get('id') ?? '')
    case 'return-debit':
      return returnDebit(parts, form.get('id') ?? '')
    case 'delete-payment':
      return deletePayment(parts, form.get('id') ?? '')
    default:
      return { said: `There is no action ${name}.`, isRefused: true }
  }
}

function wantedAdvance(
  form: URLSearchParams,
): { hours: number } | { bankingDay: true } | { event: true } | { to: string } {
  if (form.has('hours')) return { hours: Number(form.get('hours')) }
  if (form.has('bankingDay')) return { bankingDay: true }
  const to = form.get('to')
  return to !== null && to !== '' ? { to } : { event: true }
}

function setFault({ faults }: PageParts, form: URLSearchParams): Said {
  const service = faultyServices.find((each) => each === form.get('service'))
  const value = form.get('value') ?? ''
  if (service === undefined) return { said: 'There is no such service.', isRefused: true }
  if (form.get('what') === 'next') {
    if (value !== 'as-told') setNextCall(faults, service, value)
    return { said: value === 'as-usual' ? 'The next call goes as usual.' : 'The next call will meet that fault.' }
  }
  setFaults(faults, service, form.get('what') === 'webhooks' ? { webhooks: value } : { latencyMs: Number(value) })
  return { said: 'Set.' }
}

async function newInvoice({ psa, world, happenings }: PageParts, clientId: number): Promise<Said> {
  const client = world.clients.find(({ id }) => id === clientId) ?? world.clients[0]
  const line = work[happenings.version % work.length]
  const answer = await post(`${psa.url}/_sandbox/invoices`, {
    client: client?.id,
    title: line?.description,
    lines: [line],
  })
  const made = z.object({ number: z.string(), totalCents: z.number() }).safeParse(answer.body)
  if (!made.success) return { said: 'The PSA did not issue the invoice.', isRefused: true }
  return {
    said: `Invoice ${made.data.number} for ${client?.name ?? ''}, ${money(made.data.totalCents)}, is in the PSA.`,
  }
}

async function recordPayment({ psa, happenings }: PageParts, invoiceId: string): Promise<Said> {
  const reference = `Check ${5000 + happenings.version}`
  const answer = await post(`${psa.url}/_sandbox/invoices/${invoiceId}/payments`, { reference })
  return answer.isOk
    ? { said: `${reference} is recorded in the PSA and, through its bridge, in the books.` }
    : { said: 'The PSA did not take the payment.', isRefused: true }
}

async function returnDebit({ stripe }: PageParts, chargeId: string): Promise<Said> {
  const answer = await post(`${stripe.url}/_sandbox/return/${chargeId}`, {})
  return answer.isOk
    ? { said: 'The bank has returned the debit: not enough funds.' }
    : { said: 'The debit cannot be returned any more.', isRefused: true }
}

function deletePayment({ books, happenings, clock }: PageParts, id: string): Said {
  const at = clock.now().toISOString()
  try {
    remove(books.books, required(books.books, 'Payment', id))
    happenings.add({ at, service: 'QuickBooks', what: `a person deletes payment ${id}`, outcome: 'deleted' })
    return { said: `Payment ${id} is deleted from the books. Closeloop does not know yet.` }
  } catch (error) {
    if (error instanceof QuickbooksFault) return { said: error.message, isRefused: true }
    throw error
  }
}

async function post(url: string, sent: object): Promise<{ isOk: boolean; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { isOk: response.ok, body }
}
