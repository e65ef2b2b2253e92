import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import type { Hold } from '@/lib/billing/holds'
import { cash } from '../../cash'
import { at } from '../../when'
import { answerHold, liftHold, putOnHold } from './hold-acts'

type Props = {
  invoiceId: string
  /** Also those that are closed: what was said stays readable. */
  holds: Hold[]
  timeZone: string
  said: string | undefined
  canManage: boolean
  isOpen: boolean
}

const told: Record<string, { tone: 'good' | 'bad'; text: string }> = {
  opened: { tone: 'good', text: 'It is on hold. The client sees it, and pays the rest only.' },
  lifted: { tone: 'good', text: 'The hold is lifted; the amount is payable again.' },
  answered: {
    tone: 'good',
    text: 'Your answer is with the client and in the PSA. The amount waits until you close it.',
  },
  'no-words': { tone: 'bad', text: 'Write the answer first.' },
  'was-closed': { tone: 'bad', text: 'It was closed already.' },
  'no-reason': { tone: 'bad', text: 'A hold needs a reason: the client reads it.' },
  amount: { tone: 'bad', text: 'The amount is at most what is open and not on hold yet, like 120.00.' },
  'nothing-open': { tone: 'bad', text: 'Nothing of it is open and free to be put on hold.' },
}

/** What of the invoice is on hold, why, and the way to put more on hold or lift it. */
export function HoldsCard({ invoiceId, holds, timeZone, said, canManage, isOpen }: Props) {
  const answer = said === undefined ? undefined : told[said]
  const closed = holds.filter(({ closedAt }) => closedAt !== undefined)
  if (holds.length === 0 && answer === undefined && !(canManage && isOpen)) return null
  return (
    <Card title="Questions and holds">
      <div className="grid gap-4">
        {answer !== undefined && (
          <Notice tone={answer.tone} role="status">
            {answer.text}
          </Notice>
        )}
        {holds
          .filter(({ closedAt }) => closedAt === undefined)
          .map((hold) => (
            <form key={hold.id} action={liftHold} className="grid gap-2">
              <Talk hold={hold} timeZone={timeZone} />
              {canManage && (
                <>
                  <input type="hidden" name="id" value={invoiceId} />
                  <input type="hidden" name="hold" value={hold.id} />
                  <TextField
                    name="answer"
                    label={hold.isClients ? 'Answer' : 'What to say about it'}
                    hint="Mailed to the client, and a note in the PSA"
                    maxLength={500}
                    autoComplete="off"
                  />
                  <div className="flex flex-wrap gap-2">
                    <SubmitButton tone="plain" busy="Sending" formAction={answerHold}>
                      Answer
                    </SubmitButton>
                    <SubmitButton tone="plain" busy="Closing">
                      {hold.isClients ? 'Answer and close' : 'Lift the hold'}
                    </SubmitButton>
                  </div>
                </>
              )}
            </form>
          ))}
        {closed.length > 0 && (
          <details>
            <summary className="font-medium text-sm hover:underline">Closed: {closed.length}</summary>
            <div className="grid gap-4 pt-2">
              {closed.map((hold) => (
                <Talk key={hold.id} hold={hold} timeZone={timeZone} />
              ))}
            </div>
          </details>
        )}
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

function Talk({ hold, timeZone }: { hold: Hold; timeZone: string }) {
  const { amount, line, isClients, name, reason, openedAt } = hold
  const said = [{ by: isClients ? 'client' : 'msp', name, text: reason, at: openedAt }, ...hold.said]
  return (
    <div className="grid gap-1 text-sm">
      <p>
        <b className="font-semibold">{cash(amount)}</b>
        {line === undefined ? ', of the whole invoice' : `, for “${line}”`}
      </p>
      <ol className="grid gap-1.5">
        {said.map((one) => (
          <li key={one.at.getTime()}>
            <p className="text-text-3">
              {one.name ?? (one.by === 'client' ? 'The client' : 'Staff')} · {at(one.at, timeZone)}
            </p>
            <p className="break-words">{one.text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}
