import { notFound } from 'next/navigation'
import { currentContact } from '@/lib/access/require-contact'
import { exportInvoices } from '@/lib/billing/export-invoices'
import type { InvoiceRow } from '@/lib/billing/invoice'
import { streamCsv } from '@/lib/reports/stream-csv'
import { type Words, wordsIn } from '@/messages/words'
import { openPortal } from '../../visitor'
import { filterOf } from '../filter'

/** The list as it is filtered, sent while it is read. */
export async function GET(request: Request, context: { params: Promise<{ msp: string }> }): Promise<Response> {
  const { msp } = await context.params
  if ((await currentContact(msp)) === undefined) notFound()
  const asked = new URL(request.url).searchParams
  const { actor, locale, today } = await openPortal(msp, asked.get('lang') ?? undefined)
  const words = wordsIn(locale)
  const columns = ['invoice', 'issuedOn', 'due', 'status', 'total', 'open', 'currency'] as const
  const wanted = { filter: filterOf(asked.get('show') ?? undefined), search: asked.get('number') ?? '' }
  const heading = columns.map((name) => words(`portal.${name}`))
  return new Response(streamCsv(heading, rowsOf(exportInvoices(actor, wanted), words)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="invoices-${today}.csv"`,
      'cache-control': 'no-store',
    },
  })
}

async function* rowsOf(batches: AsyncGenerator<InvoiceRow[]>, words: Words) {
  for await (const rows of batches)
    yield rows.map(({ number, issuedOn, dueOn, status, total, balance }) => {
      return [number, issuedOn, dueOn, words(`status.invoice.${status}`), total, balance, total.currency]
    })
}
