import { now } from '@/lib/base/clock'
import { statementPdf } from '@/lib/documents/statement-pdf'
import { pdfAnswer } from '../../../pdf-answer'
import { openStatement } from '../open-statement'
import { rowWords } from '../statement-words'

export async function GET(request: Request, context: { params: Promise<{ msp: string }> }) {
  const { tenant, statement, locale, today } = await openStatement((await context.params).msp, request.url)
  const { from, to } = statement
  const rows = statement.rows.map((row) => ({ ...row, what: rowWords(row, locale) }))
  const pdf = await statementPdf({ issuer: tenant, locale, today, at: now(), statement: { ...statement, rows } })
  return pdfAnswer(pdf, `statement-${from}-${to}`)
}
