import { RotateCw } from 'lucide-react'
import { notFound } from 'next/navigation'
import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getShell } from '@/lib/reports/shell'
import { mayKeepEndpoints } from '@/lib/webhooks/keep-endpoint'
import { type DeliveryView, readDelivery } from '@/lib/webhooks/read-deliveries'
import { triesMax } from '@/lib/webhooks/retry'
import { TwoColumns } from '../../../../two-columns'
import { at } from '../../../../when'
import { SettingsFrame } from '../../../settings-frame'
import { resend } from '../../acts'
import { DeliveryStatus } from '../../delivery-status'
import { endpointOrNotFound } from '../read-endpoint'
import { TriesCard } from './tries-card'

export const metadata = { title: 'Delivery' }

type Props = { params: Promise<{ id: string; delivery: string }>; searchParams: Promise<{ said?: string }> }

export default async function DeliveryPage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const [{ id, delivery: deliveryId }, { said }] = await Promise.all([params, searchParams])
  const endpoint = await endpointOrNotFound(id)
  const delivery = await withTenant(actor.tenantId, (tx) => readDelivery(tx, id, deliveryId))
  if (delivery === undefined) notFound()
  const { timeZone } = await getShell(actor)
  return (
    <SettingsFrame
      here="/console/settings/webhooks"
      below={[
        { name: new URL(endpoint.url).host, href: `/console/settings/webhooks/${id}` },
        { name: <span className="mono">{delivery.type}</span> },
      ]}
      acts={mayKeepEndpoints(actor) && <Resend endpointId={id} deliveryId={deliveryId} />}
    >
      <PageHeader
        title={<span className="mono">{delivery.type}</span>}
        sub={`To ${endpoint.url}`}
        aside={<DeliveryStatus delivery={delivery} />}
      />
      {said === 'sent' && delivery.tries === 0 && (
        <Notice tone="good" role="status">
          It is on its way. Load this page again to see the answer.
        </Notice>
      )}
      <TwoColumns
        main={
          <>
            <TriesCard tries={delivery.log} timeZone={timeZone} />
            <Card title="What was sent">
              <pre className="mono whitespace-pre-wrap text-xs leading-5 [overflow-wrap:anywhere]">
                {pretty(delivery.body)}
              </pre>
            </Card>
          </>
        }
        side={<FactsCard delivery={delivery} timeZone={timeZone} />}
      />
    </SettingsFrame>
  )
}

function Resend({ endpointId, deliveryId }: { endpointId: string; deliveryId: string }) {
  return (
    <form action={resend}>
      <input type="hidden" name="endpoint" value={endpointId} />
      <input type="hidden" name="id" value={deliveryId} />
      <SubmitButton busy="Sending">
        <span className="inline-flex items-center gap-1.5">
          <RotateCw aria-hidden size={16} />
          Resend
        </span>
      </SubmitButton>
    </form>
  )
}

function FactsCard({ delivery, timeZone }: { delivery: DeliveryView; timeZone: string }) {
  const { eventId, createdAt, tries, nextTryAt } = delivery
  return (
    <Card title="Delivery">
      <KeyValue
        align="left"
        items={[
          { key: 'event', label: 'Event', value: <span className="mono [overflow-wrap:anywhere]">{eventId}</span> },
          { key: 'written', label: 'Written', value: at(createdAt, timeZone) },
          { key: 'tries', label: 'Tries', value: `${tries} of at most ${delivery.type === 'ping' ? 1 : triesMax}` },
          ...(nextTryAt === null ? [] : [{ key: 'next', label: 'Next try', value: at(nextTryAt, timeZone) }]),
        ]}
      />
    </Card>
  )
}

function pretty(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}
