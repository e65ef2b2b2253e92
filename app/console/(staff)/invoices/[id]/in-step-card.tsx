import { Card } from '@/components/ui/card'
import { Status } from '@/components/ui/status'
import type { InvoiceView } from '@/lib/billing/invoice'
import type { InvoiceRecord } from '@/lib/reports/invoice-record'
import { cash } from '../../cash'

/** Where this invoice stands in each system, and whether they agree. */
export function InStepCard({ record, invoice }: { record: InvoiceRecord; invoice: InvoiceView }) {
  const { psaBalance, writeBacks, postings } = record
  const worst = writeBacks.find(({ state }) => state !== 'in_step')
  const agrees = psaBalance.minor === invoice.balance.minor
  return (
    <Card title="In other systems" flush>
      <ul className="text-sm">
        <li className="grid gap-1 px-4 py-3 wide:px-5">
          <div className="flex justify-between gap-4">
            <span className="font-medium">PSA</span>
            <Status of="sync" is={worst?.state ?? (agrees ? 'in_step' : 'waiting')} plain />
          </div>
          <p className="text-text-3 text-xs">
            Open there as last read: <span className="num">{cash(psaBalance)}</span>
            {!agrees && worst === undefined && '. It is read again within minutes.'}
          </p>
          {writeBacks.map(({ id, amount, externalId, error }) => (
            <p key={id} className="text-text-3 text-xs [overflow-wrap:anywhere]">
              {error ?? `Payment of ${cash(amount)}${externalId === undefined ? '' : `, row ${externalId}`}`}
            </p>
          ))}
        </li>
        <li className="grid gap-1 border-hairline border-t px-4 py-3 wide:px-5">
          <div className="flex justify-between gap-4">
            <span className="font-medium">Books</span>
            {postings.length === 0 && <span className="text-text-3 text-xs leading-5">Nothing to post yet</span>}
          </div>
          {postings.map(({ id, kind, state, amount, externalKind, externalId, error }) => (
            <div key={id} className="flex items-start justify-between gap-4">
              <p className="min-w-0 text-text-3 text-xs leading-5 [overflow-wrap:anywhere]">
                {error ??
                  `${cash(amount)} ${kind}${externalId === undefined ? '' : `, ${externalKind ?? 'document'} ${externalId}`}`}
              </p>
              <Status of="posting" is={state} plain />
            </div>
          ))}
        </li>
      </ul>
    </Card>
  )
}
