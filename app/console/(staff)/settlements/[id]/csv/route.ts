import { currentStaff } from '@/lib/access/require-staff'
import { Fault } from '@/lib/base/fault'
import type { Money } from '@/lib/money/money'
import { toDecimal } from '@/lib/money/wire'
import { getPayout } from '@/lib/settlement/get-payout'
import type { PayoutView } from '@/lib/settlement/payout-view'

/** A payout down to the invoice, one line each, for a spreadsheet. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const actor = await currentStaff()
  const { id } = await params
  const payout = actor === undefined ? undefined : await getPayout(actor, id).catch(asMissing)
  if (payout === undefined) return new Response('Not found', { status: 404 })
  return new Response(rowsOf(payout).map(toLine).join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="payout-${payout.arrivesOn}-${payout.payoutId}.csv"`,
    },
  })
}

function asMissing(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'not-found') return undefined
  throw error
}

function rowsOf({ movements, payoutId, arrivesOn }: PayoutView): string[][] {
  const heading = [
    'payout',
    'arrives',
    'kind',
    'client',
    'method',
    'invoice',
    'amount',
    'surcharge',
    'fee',
    'net',
    'currency',
  ]
  const amount = (value: Money) => toDecimal(value)
  return [
    heading,
    ...movements.flatMap(({ kind, clientName = '', methodLabel = '', invoices, invoiced, surcharge, fee, net }) => [
      [
        payoutId,
        arrivesOn,
        kind,
        clientName,
        methodLabel,
        '',
        amount(invoiced),
        amount(surcharge),
        amount(fee),
        amount(net),
        net.currency,
      ],
      ...invoices.map(({ number, amount: part }) => [
        payoutId,
        arrivesOn,
        'invoice',
        clientName,
        '',
        number,
        amount(part),
        '',
        '',
        '',
        part.currency,
      ]),
    ]),
  ]
}

/** Quoted throughout; a cell that a spreadsheet would run as a formula is made text. */
function toLine(cells: string[]): string {
  const safe = cells.map((cell) => (/^[=+@\t\r]|^-(?![\d.])/.test(cell) ? `'${cell}` : cell))
  return `${safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
}
