import type { SimClock } from '../../kernel/clock.ts'
import { localInstant } from '../../world/calendar.ts'
import { billAgreement } from '../../world/invoices.ts'
import { msps } from '../../world/msps.ts'
import type { WorldLine } from '../../world/world.ts'
import type { InvoiceRecord } from './invoice-table.ts'
import { type AgreementRecord, type Author, type Psa, person } from './psa.ts'

/** Issues this month's invoice of every agreement that has none yet; gives what was issued. */
export function runAgreements(psa: Psa, author: Author = person): InvoiceRecord[] {
  const month = psa.today().slice(0, 7)
  const billed = new Set<number>()
  for (const { invoice } of psa.invoices.all) {
    if (invoice.agreementId !== undefined && invoice.on.startsWith(month)) billed.add(invoice.agreementId)
  }
  const issued: InvoiceRecord[] = []
  for (const record of psa.agreements.values()) {
    if (billed.has(record.agreement.id)) continue
    const invoice = issueAgreement(psa, record, author)
    if (invoice !== undefined) issued.push(invoice)
  }
  return issued
}

/** One agreement billed today, or undefined when nothing is in force. */
export function issueAgreement(psa: Psa, { agreement }: AgreementRecord, author: Author): InvoiceRecord | undefined {
  const client = psa.clients.get(agreement.clientId)?.client
  if (client === undefined) return undefined
  const { catalog } = msps[psa.msp.key]
  const billed = billAgreement(catalog, client, agreement, psa.today(), new Map<number, WorldLine>())
  if (billed === undefined) return undefined
  const { id: _id, number: _number, ...facts } = billed
  return psa.addInvoice(facts, author)
}

/** On the first of each simulated month at six in the morning, for as long as time flows. */
export function scheduleAgreements(psa: Psa, clock: SimClock): void {
  const [year = 0, month = 0] = psa.today().split('-').map(Number)
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
  clock.schedule(localInstant(first, 6, psa.msp.timeZone), `${psa.msp.name} issues its agreement invoices`, () => {
    runAgreements(psa)
    scheduleAgreements(psa, clock)
  })
}
