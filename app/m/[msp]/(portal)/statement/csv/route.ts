import { csvOf } from '@/lib/reports/statement'
import { wordsIn } from '@/messages/words'
import { openStatement } from '../open-statement'
import { rowWords } from '../statement-words'

export async function GET(request: Request, context: { params: Promise<{ msp: string }> }) {
  const { statement, locale } = await openStatement((await context.params).msp, request.url)
  const words = wordsIn(locale)
  const { from, to, opening, closing, rows } = statement
  const csv = csvOf([
    [words('statement.date'), words('statement.what'), words('portal.amount'), words('portal.balance')],
    [from, words('statement.openingPlain'), '', opening],
    ...rows.map((row) => [row.on, rowWords(row, locale), row.amount, row.balance]),
    [to, words('statement.closingPlain'), '', closing],
  ])
  return new Response(`\ufeff${csv}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="statement-${from}-${to}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
