import { Webhook } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { mayKeepEndpoints } from '@/lib/webhooks/keep-endpoint'
import { readEndpoints } from '@/lib/webhooks/read-endpoints'
import { TwoColumns } from '../../../two-columns'
import { SettingsFrame } from '../../settings-frame'
import { AddForm } from '../add-form'
import { EndpointStatus } from '../endpoint-status'

export const metadata = { title: 'Webhooks' }

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const { said } = await searchParams
  const endpoints = await withTenant(actor.tenantId, (tx) => readEndpoints(tx))
  return (
    <SettingsFrame here="/console/settings/webhooks">
      <PageHeader title="Webhooks" sub="We tell your programs what happens, signed, until they have heard it." />
      {said === 'removed' && (
        <Notice tone="good" role="status">
          The endpoint is removed. Nothing more is sent there.
        </Notice>
      )}
      {said === 'not-allowed' && (
        <Notice tone="bad" role="alert" title="Nothing was changed.">
          Your role cannot change webhooks.
        </Notice>
      )}
      <TwoColumns
        main={
          <Card title="Endpoints" flush>
            {endpoints.length === 0 ? (
              <Empty icon={Webhook} title="No endpoints yet">
                An address of a program of yours appears here once it is added.
              </Empty>
            ) : (
              <Table caption="Endpoints">
                <thead>
                  <tr>
                    <Th>Address</Th>
                    <Th wideOnly>It hears of</Th>
                    <Th>State</Th>
                  </tr>
                </thead>
                <Tbody>
                  {endpoints.map((endpoint) => (
                    <Tr key={endpoint.id} opens>
                      <Td>
                        <RowLink
                          href={`/console/settings/webhooks/${endpoint.id}`}
                          className="[overflow-wrap:anywhere]"
                        >
                          {endpoint.url}
                        </RowLink>
                        <div className="text-text-3 text-xs">{endpoint.description}</div>
                      </Td>
                      <Td wideOnly className="text-text-2">
                        {endpoint.events.length === 1
                          ? endpoint.events[0]
                          : `${endpoint.events.length} kinds of events`}
                      </Td>
                      <Td>
                        <EndpointStatus endpoint={endpoint} plain />
                      </Td>
                    </Tr>
                  ))}
                </Tbody>
              </Table>
            )}
          </Card>
        }
        side={
          <Card title="New endpoint">
            {mayKeepEndpoints(actor) ? (
              <AddForm />
            ) : (
              <p className="text-sm text-text-2">Owners and finance add endpoints.</p>
            )}
          </Card>
        }
      />
    </SettingsFrame>
  )
}
