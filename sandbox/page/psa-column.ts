import { z } from 'zod'
import type { Column, Row } from './overview.ts'
import { dayWords, money } from './words.ts'

const invoice = z.object({
  id: z.number(),
  number: z.string(),
  client: z.string().default(''),
  dueOn: z.string(),
  kind: z.string(),
  totalCents: z.number(),
  balanceCents: z.number(),
  status: z.string(),
  lastUpdated: z.string(),
  payments: z.array(z.object({ on: z.string() })),
})
type PsaInvoice = z.infer<typeof invoice>

const list = z.object({ invoices: z.array(invoice) })
const recentMost = 200

/** What the PSA shows on its own screens, asked through its controls. */
export async function readPsa(url: string): Promise<{ recent: PsaInvoice[]; openCents: number }> {
  const read = async (params: string) =>
    list.parse(await (await fetch(`${url}/_sandbox/invoices?${params}`)).json()).invoices
  const [recent, open] = await Promise.all([read(`newest=true&limit=${recentMost}`), read('open=true')])
  return { recent, openCents: open.reduce((sum, { balanceCents }) => sum + balanceCents, 0) }
}

export function psaColumn(
  psa: Awaited<ReturnType<typeof readPsa>>,
  port: number,
  today: string,
  shown: number,
): Column {
  const latest = psa.recent
    .toSorted((a, b) => b.lastUpdated.localeCompare(a.lastUpdated) || b.id - a.id)
    .slice(0, shown)
  return {
    key: 'psa',
    title: 'PSA',
    icon: 'building-2',
    ports: `ConnectWise :${port}`,
    rows: latest.map((each) => rowOf(each, today)),
    empty: 'No invoices yet.',
    total: { label: 'Open in PSA', value: money(psa.openCents) },
  }
}

function rowOf(each: PsaInvoice, today: string): Row {
  const isOpen = each.balanceCents > 0 && each.kind !== 'CreditMemo'
  return {
    id: `psa-${each.id}`,
    title: `${each.number} ${each.client}`,
    right: money(each.totalCents),
    detail: detailOf(each, today),
    ...(isOpen && {
      act: {
        name: 'record-payment',
        value: String(each.id),
        label: 'Record payment',
        hint: `Record a payment of ${money(each.balanceCents)} on invoice ${each.number}`,
      },
    }),
  }
}

function detailOf({ kind, status, balanceCents, totalCents, dueOn, payments }: PsaInvoice, today: string): string {
  if (kind === 'CreditMemo') return balanceCents === 0 ? 'Credit memo, used' : 'Credit memo'
  const paid = payments.at(-1)
  if (balanceCents <= 0)
    return paid === undefined ? `${status}, nothing open` : `${status}, paid ${dayWords(paid.on, today)}`
  const isPartPaid = balanceCents < totalCents
  return `${status}, ${isPartPaid ? `${money(balanceCents)} open, ` : ''}due ${dayWords(dueOn, today)}`
}
