import { todayIn } from '@/lib/base/clock'
import { receiptNumber } from '@/lib/documents/receipt-number'
import { formatMoney } from '@/lib/money/format'
import { listPapers } from '@/lib/papers/read-papers'
import { listMandates } from '@/lib/payments/list-methods'
import { listAttempts } from '@/lib/payments/queries'
import { formatDay } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { receiptStates } from '../receipt-states'
import { openPortal, portalMetadata } from '../visitor'
import { mandateRow, paperRow, statementRows } from './document-rows'
import { DocumentsCard } from './documents-card'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

export const generateMetadata = portalMetadata((words) => words('portal.documents'))

const receiptsShown = 5

/** Everything there is to file: what the MSP hands out, what was authorized, receipts, statements. */
export default async function DocumentsPage({ params, searchParams }: Props) {
  const [{ msp }, { lang }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, tenant, locale, today, href } = visitor
  const words = wordsIn(locale)
  const [papers, mandates, receipts] = await Promise.all([
    listPapers(actor),
    listMandates(actor, actor.clientId),
    listAttempts(actor, { states: [...receiptStates] }),
  ])
  const word = words('documents.saveAs')
  return (
    <PortalFrame visitor={visitor} at="documents" path="/documents">
      <div className="grid gap-1">
        <h1 className="h1">{words('portal.documents')}</h1>
        <p className="text-text-2">{words('documents.lead', { name: tenant.name })}</p>
      </div>
      <DocumentsCard
        title={words('documents.papers', { name: tenant.name })}
        rows={papers.map((paper) => paperRow(visitor, paper))}
        none={words('documents.noPapers', { name: tenant.name })}
        word={word}
      />
      <div className="grid items-start gap-4 wide:grid-cols-2 wide:gap-6">
        <DocumentsCard
          title={words('documents.receipts')}
          rows={receipts.items.slice(0, receiptsShown).map((attempt) => ({
            href: href(`/receipts/${attempt.id}/pdf`),
            name: words('portal.receiptNumber', { number: receiptNumber(attempt.id) }),
            note: `${formatMoney(attempt.amount, locale)}, ${formatDay(
              todayIn(tenant.timeZone, attempt.succeededAt ?? attempt.stateAt),
              locale,
              'document',
              today,
            )}`,
          }))}
          none={words('portal.noReceiptsText')}
          foot={<a href={href('/receipts')}>{words('documents.allReceipts')}</a>}
          word={word}
        />
        <DocumentsCard
          title={words('documents.statements')}
          rows={statementRows(visitor)}
          none=""
          foot={<a href={href('/statement')}>{words('documents.anyDates')}</a>}
          word={word}
        />
      </div>
      <DocumentsCard
        title={words('methods.mandates')}
        rows={mandates.map((mandate) => mandateRow(visitor, mandate))}
        none={words('methods.noMandatesText')}
        foot={<a href={href('/methods')}>{words('documents.inFull')}</a>}
        word={word}
      />
    </PortalFrame>
  )
}
