import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Status } from '@/components/ui/status'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { mayManage } from '@/lib/access/actor'
import type { StaffActor } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { listPostings, listWriteBacks } from '@/lib/settlement/queries'
import { cash } from '../cash'
import { at } from '../when'
import { repeat, repost } from './acts'

/** What has not reached the PSA or the books: waiting, tried again, or refused. */
export async function WaitingCard({ actor, timeZone }: { actor: StaffActor; timeZone: string }) {
  const [postings, backs] = await Promise.all([
    listPostings(actor, { states: ['waiting', 'retrying', 'checking', 'refused'] }),
    listWriteBacks(actor, { states: ['waiting', 'retrying', 'checking', 'needs_you'] }),
  ])
  const isEmpty = postings.items.length + backs.items.length === 0
  return (
    <Card title="Not there yet" id="waiting" flush>
      {isEmpty ? (
        <Empty title="Everything has arrived">
          Payments, deposits and refunds show here until PSA and books have them.
        </Empty>
      ) : (
        <Table caption="Postings and write-backs that are not done" wide>
          <thead>
            <tr>
              <Th>What</Th>
              <Th>Where</Th>
              <Th>State</Th>
              <Th num>Amount</Th>
              <Th>
                <span className="sr-only">Act</span>
              </Th>
            </tr>
          </thead>
          <Tbody>
            {backs.items.map(({ id, attemptId, number, clientName, amount, state, error }) => (
              <Tr key={id}>
                <Td>
                  <Link href={`/console/payments/${attemptId}`} className="font-medium">
                    {clientName}, invoice {number}
                  </Link>
                  {error !== undefined && <p className="text-text-3 text-xs">{error}</p>}
                </Td>
                <Td>PSA</Td>
                <Td>
                  <Status of="sync" is={state} />
                </Td>
                <Td num>{cash(amount)}</Td>
                <Td>
                  {state === 'needs_you' && mayManage(actor) && (
                    <form action={repeat} className="flex justify-end">
                      <input type="hidden" name="id" value={id} />
                      <SubmitButton tone="plain" size="small" busy="Sending">
                        Send again
                      </SubmitButton>
                    </form>
                  )}
                </Td>
              </Tr>
            ))}
            {postings.items.map(
              ({ id, kind, attemptId, causeId, clientName, bookedOn, amount, state, error, createdAt }) => (
                <Tr key={id}>
                  <Td>
                    <Link
                      href={
                        attemptId === undefined ? `/console/settlements/${causeId}` : `/console/payments/${attemptId}`
                      }
                      className="font-medium"
                    >
                      {clientName === undefined ? '' : `${clientName}, `}
                      {kind}
                    </Link>
                    <p className="text-text-3 text-xs">{error ?? `since ${at(createdAt, timeZone)}`}</p>
                  </Td>
                  <Td>Books</Td>
                  <Td>
                    <Status of="posting" is={state} />
                  </Td>
                  <Td num>{cash(amount)}</Td>
                  <Td>
                    {state === 'refused' && mayManage(actor) && (
                      <form action={repost} className="flex items-center justify-end gap-2">
                        <input type="hidden" name="id" value={id} />
                        <label className="sr-only" htmlFor={`on-${id}`}>
                          Date
                        </label>
                        <input
                          id={`on-${id}`}
                          name="on"
                          type="date"
                          min={bookedOn}
                          max={todayIn(timeZone)}
                          defaultValue={bookedOn}
                          className="min-h-7 rounded-sm border border-edge bg-surface px-2 text-sm"
                        />
                        <SubmitButton tone="plain" size="small" busy="Posting">
                          Repost
                        </SubmitButton>
                      </form>
                    )}
                  </Td>
                </Tr>
              ),
            )}
          </Tbody>
        </Table>
      )}
    </Card>
  )
}
