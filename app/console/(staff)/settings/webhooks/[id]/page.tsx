import { Send } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireStaff } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { getShell } from '@/lib/reports/shell'
import type { Endpoint } from '@/lib/webhooks/endpoint'
import { mayKeepEndpoints } from '@/lib/webhooks/keep-endpoint'
import { readDeliveries } from '@/lib/webhooks/read-deliveries'
import { MoreRows } from '../../../more-rows'
import { TwoColumns } from '../../../two-columns'
import { at } from '../../../when'
import { SettingsFrame } from '../../settings-frame'
import { removeWebhook, sendPing } from '../acts'
import { EndpointStatus } from '../endpoint-status'
import { ChangeForm } from './change-form'
import { LogCard } from './log-card'
import { endpointOrNotFound } from './read-endpoint'
import { SecretForm } from './secret-form'

export const metadata = { title: 'Webhook endpoint' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string }> }

export default async function EndpointPage({ params, searchParams }: Props) {
  const actor = await requireStaff()
  const [{ id }, { after }] = await Promise.all([params, searchParams])
  const endpoint = await endpointOrNotFound(id)
  const [{ items, next }, { timeZone }] = await Promise.all([
    withTenant(actor.tenantId, (tx) => readDeliveries(tx, id, after)),
    getShell(actor),
  ])
  const here = `/console/settings/webhooks/${id}`
  const canKeep = mayKeepEndpoints(actor)
  const { host } = new URL(endpoint.url)
  return (
    <SettingsFrame
      here="/console/settings/webhooks"
      below={[{ name: host }]}
      acts={canKeep && <Acts id={id} host={host} />}
    >
      <PageHeader
        title={<span className="[overflow-wrap:anywhere]">{endpoint.url}</span>}
        sub={endpoint.description === '' ? 'A program of yours' : endpoint.description}
        aside={<EndpointStatus endpoint={endpoint} />}
      />
      <Trouble endpoint={endpoint} timeZone={timeZone} />
      <TwoColumns
        main={
          <>
            <LogCard endpointId={id} deliveries={items} timeZone={timeZone} />
            <MoreRows
              {...(next === undefined ? {} : { next: `${here}?after=${next}` })}
              {...(after === undefined ? {} : { first: here })}
            />
          </>
        }
        side={
          <>
            {canKeep && (
              <Card title="Endpoint">
                <ChangeForm id={id} isOn={endpoint.state === 'on'} now={endpoint} />
              </Card>
            )}
            <SecretCard endpoint={endpoint} timeZone={timeZone} canKeep={canKeep} />
          </>
        }
      />
    </SettingsFrame>
  )
}

function Acts({ id, host }: { id: string; host: string }) {
  return (
    <>
      <ConfirmDialog opener="Remove" openerTone="danger" title={`Remove ${host}`} cancel="Keep it">
        <p className="text-sm">Nothing more is sent there, and what waits is given up. This cannot be undone.</p>
        <form action={removeWebhook}>
          <input type="hidden" name="id" value={id} />
          <SubmitButton tone="danger" size="block" busy="Removing">
            Remove it
          </SubmitButton>
        </form>
      </ConfirmDialog>
      <form action={sendPing}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton busy="Sending">
          <span className="inline-flex items-center gap-1.5">
            <Send aria-hidden size={16} />
            Send a ping
          </span>
        </SubmitButton>
      </form>
    </>
  )
}

function Trouble({ endpoint, timeZone }: { endpoint: Endpoint; timeZone: string }) {
  if (endpoint.failingSince === null) return null
  const since = at(endpoint.failingSince, timeZone)
  return endpoint.state === 'stopped' ? (
    <Notice tone="bad" title="We have stopped sending to it.">
      Nothing has arrived since {since}. Mend the program, send a ping, then switch it on: what waits is sent then.
    </Notice>
  ) : (
    <Notice tone="warn" title="It does not hear us.">
      Nothing has arrived since {since}. Each event is tried for three days; then we stop and write to you.
    </Notice>
  )
}

function SecretCard({ endpoint, timeZone, canKeep }: { endpoint: Endpoint; timeZone: string; canKeep: boolean }) {
  const { previousUntil } = endpoint
  return (
    <Card title="Signing secret">
      <div className="grid gap-3 text-sm">
        <p>
          Each request carries <span className="mono">Closeloop-Signature</span>: check it before you believe the body.
        </p>
        {previousUntil !== null && previousUntil > now() && (
          <p className="text-text-2">The older secret signs too until {at(previousUntil, timeZone)}.</p>
        )}
        {canKeep && (
          <div>
            <ConfirmDialog opener="Rotate the secret" title="Rotate the signing secret" cancel="Close">
              <p className="text-sm">A new secret takes its place; both sign for as long as you say.</p>
              <SecretForm id={endpoint.id} />
            </ConfirmDialog>
          </div>
        )}
      </div>
    </Card>
  )
}
