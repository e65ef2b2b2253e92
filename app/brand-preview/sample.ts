import { addDays, type PlainDate } from '@/lib/base/clock'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { Locale } from '@/messages/words'

/** An invoice nobody owes, for the preview of a brand. */
export function sampleInvoice(currency: string, locale: Locale, today: PlainDate): InvoiceView {
  const isFrench = locale === 'fr-CA'
  const money = (minor: bigint) => ({ minor, currency })
  const line = (position: number, description: string, quantity: string, unit: bigint, amount: bigint) => ({
    ...{ position, description, quantity, unitPrice: money(unit), amount: money(amount), taxable: true },
  })
  return {
    id: '00000000-0000-7000-8000-000000000001',
    clientId: '00000000-0000-7000-8000-000000000002',
    clientName: isFrench ? 'Clinique Exemple' : 'Sample Architects',
    kind: 'invoice',
    number: '10001',
    state: 'open',
    status: 'sent',
    currency,
    issuedOn: today,
    dueOn: addDays(today, 12),
    daysOverdue: 0,
    tax: money(8_364n),
    total: money(491_314n),
    balance: money(491_314n),
    version: 1,
    ...{ psaType: 'Standard', psaStatus: 'Sent' },
    groups: [
      {
        heading: isFrench ? 'Services gérés' : 'Managed services',
        lines: [
          line(1, isFrench ? 'Poste de travail géré' : 'Managed workstation', '38', 7_400n, 281_200n),
          line(2, isFrench ? 'Serveur géré' : 'Managed server', '3', 67_250n, 201_750n),
        ],
        subtotal: money(482_950n),
      },
    ],
  }
}
