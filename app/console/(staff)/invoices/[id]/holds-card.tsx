import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { Hold } from '@/lib/billing/holds'
import { cash } from '../../cash'
import { liftHold, putOnHold } from './hold-acts'

type Props = { invoiceId: string; holds: Hold[]; said: string | undefined; canManage: boolean; isOpen: boolean }

const told: Record<string, { tone: 'good' | 'bad'; text: string }> = {
  opened: { tone: 'good', text: 'It is on hold. The client sees it, and pays the rest only.' },
  lifted: { tone: 'good', text: 'The hold is lifted; the amount is payable again.' },
  'was-closed': { tone: 'bad', text: 'It was closed already.' },
  'no-reason': { tone: 'bad', text: 'A hold needs a reason: the client reads it.' },
  amount: { tone: 'bad', text: 'The amount is at most what is open and not on hold yet, like 120.00.' },
  'nothing-open': { tone: 'bad', text: 'Nothing of it is open and free to be put on hold.' },
}

/** What of the invoice is on hold, why, and the way to put more on hold or lift it. */
export function HoldsCard({ invoiceId, holds, said, canManage, isOpen }: Props) {
  const answer = said === undefined ? undefined : told[said]
  if (holds.length === 0 && answer === undefined && !(canManage && isOpen)) return null
  return (
    <Card title="Questions and holds">
      <div className="grid gap-4">
        {answer !== undefined && (
          <Notice tone={answer.tone} role="status">
            {answer.text}
          </Notice>
        )}
        {holds.map(({ id, amount, reason, isClients }) => (
          <form key={id} action={liftHold} className="grid gap-2">
            <p className="text-sm">
              <b className="font-semibold">{cash(amount)}</b>
              {isClients ? ', the client asks: ' : ': '}
              {reason}
            </p>
            {canManage && (
              <>
                <input type="hidden" name="id" value={invoiceId} />
                <input type="hidden" name="hold" value={id} />
                <TextField name="answer" label="Answer, for the PSA’s note" maxLength={500} />
                <div>
                  <SubmitButton tone="plain" busy="Closing">
                    Close it
                  </SubmitButton>
                </div>
              </>
            )}
          </form>
        ))}
        {canManage && isOpen && (
          <details>
            <summary className="font-medium text-sm hover:underline">Put an amount on hold</summary>
            <form action={putOnHold} className="grid gap-2 pt-2">
              <input type="hidden" name="id" value={invoiceId} />
              <TextField
                name="amount"
                label="Amount"
                hint="Empty for all that is open"
                inputMode="decimal"
                maxLength={20}
              />
              <TextField name="reason" label="Reason, shown to the client" maxLength={500} required />
              <div>
                <SubmitButton tone="plain" busy="Saving">
                  Put on hold
                </SubmitButton>
              </div>
            </form>
          </details>
        )}
      </div>
    </Card>
  )
}
