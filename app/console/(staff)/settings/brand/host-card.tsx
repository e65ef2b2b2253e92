import { CircleCheck, Clock, TriangleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { type CustomHost, recordsOf } from '@/lib/tenancy/custom-host'
import { checkHost, removeHost } from './host-acts'
import { HostForm } from './host-form'

type Props = { custom: CustomHost | undefined; ours: string; address: string; canManage: boolean }

const states = {
  pending: { word: 'Waiting for records', tone: 'warn', icon: Clock },
  verified: { word: 'In use', tone: 'good', icon: CircleCheck },
  lost: { word: 'Out of use', tone: 'bad', icon: TriangleAlert },
} as const

/** The name clients see in the address bar, and the records that prove whose it is. */
export function HostCard({ custom, ours, address, canManage }: Props) {
  const state = custom === undefined ? undefined : states[custom.state]
  return (
    <Card
      id="address"
      title="Address"
      aside={
        state !== undefined && (
          <Badge tone={state.tone} icon={state.icon}>
            {state.word}
          </Badge>
        )
      }
    >
      <div className="grid max-w-[760px] gap-4">
        <p className="text-sm text-text-2">
          Clients find your pages at <span className="mono break-all">{address}</span>
        </p>
        {canManage && <HostForm host={custom?.host ?? ''} />}
        {custom !== undefined && (
          <>
            {custom.problem !== '' && (
              <Notice tone={custom.state === 'lost' ? 'bad' : 'warn'} role="status">
                {custom.problem}
              </Notice>
            )}
            <Table caption="Records to add where the name is kept" wide>
              <thead>
                <tr>
                  <Th>Record</Th>
                  <Th>At</Th>
                  <Th>Says</Th>
                </tr>
              </thead>
              <Tbody>
                {recordsOf(custom, ours).map(({ type, name, value }) => (
                  <Tr key={type}>
                    <Td>{type}</Td>
                    <Td className="mono break-all">{name}</Td>
                    <Td className="mono break-all">{value}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
            {canManage && (
              <div className="flex flex-wrap gap-2">
                <form action={checkHost}>
                  <SubmitButton busy="Asking" tone="plain">
                    Check the records
                  </SubmitButton>
                </form>
                <ConfirmDialog opener="Stop using it" title={`Stop using ${custom.host}?`} cancel="Keep it">
                  <p>Links that were mailed with this name no longer open. New ones carry ours.</p>
                  <form action={removeHost} className="mt-4">
                    <SubmitButton busy="Stopping" tone="danger">
                      Stop using it
                    </SubmitButton>
                  </form>
                </ConfirmDialog>
              </div>
            )}
          </>
        )}
      </div>
    </Card>
  )
}
