import { Download } from 'lucide-react'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th } from '@/components/ui/table'
import { TextField } from '@/components/ui/text-field'
import { formatMoney } from '@/lib/money/format'
import { readStatement } from '@/lib/reports/read-statement'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { PayForm } from '../pay/pay-form'
import { PortalFrame } from '../portal-frame'
import { openPortal, portalMetadata } from '../visitor'
import { periodOf } from './period'
import { StatementFigures } from './statement-figures'
import { rowWords } from './statement-words'

type Props = {
  params: Promise<{ msp: string }>
  searchParams: Promise<{ lang?: string; from?: string; to?: string }>
}

export const generateMetadata = portalMetadata((words) => words('portal.statement'))

/** The account between two dates, to read, print and keep; and what is open, to pay. */
export default async function StatementPage({ params, searchParams }: Props) {
  const [{ msp }, { lang, from, to }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale, today, href } = visitor
  const words = wordsIn(locale)
  const period = periodOf({ from, to }, today)
  const statement = await readStatement(actor, actor.clientId, period)
  return (
    <PortalFrame visitor={visitor} at="statement" path="/statement">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="h1">{words('portal.statement')}</h1>
          <p className="text-text-2">
            {statement.clientName},{' '}
            {words('statement.period', {
              from: formatDay(period.from, locale, 'document', today),
              to: formatDay(period.to, locale, 'document', today),
            })}
          </p>
        </div>
        <div className="flex flex-wrap items-end gap-3 print:hidden">
          <form method="get" action={href('/statement')} className="flex flex-wrap items-end gap-3">
            {lang !== undefined && <input type="hidden" name="lang" value={lang} />}
            <TextField name="from" type="date" label={words('statement.from')} defaultValue={period.from} />
            <TextField name="to" type="date" label={words('statement.to')} defaultValue={period.to} />
            <button type="submit" className={buttonLook('plain')}>
              {words('statement.show')}
            </button>
          </form>
          <a href={href('/statement/pdf', period)} className={buttonLook('plain')}>
            <Download aria-hidden size={16} /> PDF
          </a>
          <a href={href('/statement/csv', period)} className={buttonLook('plain')}>
            <Download aria-hidden size={16} /> CSV
          </a>
        </div>
      </div>
      <StatementFigures statement={statement} locale={locale} today={today} />
      <Card flush title={words('statement.movements')}>
        {statement.rows.length === 0 ? (
          <p className="px-4.5 py-5 text-text-2 wide:px-6">{words('statement.none')}</p>
        ) : (
          <Table caption={words('statement.movements')}>
            <thead>
              <tr>
                <Th>{words('statement.date')}</Th>
                <Th>{words('statement.what')}</Th>
                <Th num>{words('portal.amount')}</Th>
                <Th num wideOnly>
                  {words('portal.balance')}
                </Th>
              </tr>
            </thead>
            <Tbody>
              {statement.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are read once, and two may be the same
                <tr key={at}>
                  <Td className="whitespace-nowrap">{formatDay(row.on, locale, 'table', today)}</Td>
                  <Td>{rowWords(row, locale)}</Td>
                  <Td num>{formatMoney(row.amount, locale)}</Td>
                  <Td num wideOnly>
                    {formatMoney(row.balance, locale)}
                  </Td>
                </tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <section className="grid gap-4 print:hidden" aria-label={words('statement.pay')}>
        <PayForm visitor={visitor} wanted={undefined} level={2} />
      </section>
    </PortalFrame>
  )
}
