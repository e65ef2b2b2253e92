import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import type { ConnectionView } from '@/lib/reports/connections'
import { at } from '../when'

type Props = {
  connection: ConnectionView
  timeZone: string
  /** Buttons: check, sync, disconnect. */
  acts: ReactNode
}

/** Who we are talking to, what is missing, and what went wrong last. */
export function WhomCard({ connection, timeZone, acts }: Props) {
  const { account, accountName, connectedAt, checkedAt, missing, lastFault, lastFaultAt, state } = connection
  return (
    <Card title="Who we talk to" foot={<div className="flex flex-wrap gap-2">{acts}</div>}>
      <div className="grid gap-4">
        <KeyValue
          align="left"
          items={[
            { key: 'name', label: 'Account', value: <b className="font-medium">{accountName}</b> },
            { key: 'id', label: 'Their id', value: <span className="mono [overflow-wrap:anywhere]">{account}</span> },
            { key: 'since', label: 'Connected', value: at(connectedAt, timeZone) },
            { key: 'checked', label: 'Last checked', value: at(checkedAt, timeZone) },
          ]}
        />
        {state === 'needs_reconnect' && (
          <Notice tone="bad" title="It no longer accepts our credentials.">
            Nothing is lost: what waited goes on by itself once it is connected again below.
          </Notice>
        )}
        {missing.length > 0 && (
          <Notice
            tone="warn"
            icon={CircleAlert}
            title={missing.length === 1 ? 'One thing is missing' : `${missing.length} things are missing`}
          >
            <ul className="list-disc pl-4">
              {missing.map((right) => (
                <li key={right}>{right}</li>
              ))}
            </ul>
          </Notice>
        )}
        {lastFault !== undefined && state === 'connected' && (
          <p className="text-sm text-text-3">
            Last trouble{lastFaultAt === undefined ? '' : `, ${at(lastFaultAt, timeZone)}`}: {lastFault}
          </p>
        )}
      </div>
    </Card>
  )
}
