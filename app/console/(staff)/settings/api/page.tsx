import { z } from 'zod'
import { apiDocument } from '@/app/api/v1/document'
import { operations } from '@/app/api/v1/operations'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import { requireStaff } from '@/lib/access/require-staff'
import { env } from '@/lib/base/env'
import { SettingsFrame } from '../settings-frame'
import { Coded } from './coded'
import { OperationCard } from './operation-card'

export const metadata = { title: 'API' }

const Told = z.object({ webhooks: z.record(z.string(), z.object({ post: z.object({ summary: z.string() }) })) })

/** The OpenAPI document, for people. */
export default async function ApiPage() {
  await requireStaff()
  const { webhooks } = Told.parse(apiDocument())
  return (
    <SettingsFrame
      here="/console/settings/api"
      acts={
        <LinkButton href="/api/v1/openapi.json" prefetch={false}>
          OpenAPI document
        </LinkButton>
      }
    >
      <PageHeader
        title="API"
        sub={
          <>
            At <span className="mono">{env().PUBLIC_URL}/api/v1</span>, with a key in{' '}
            <span className="mono">Authorization: Bearer clk_…</span>
          </>
        }
      />
      <Card title="What holds everywhere">
        <ul className="grid list-disc gap-2 pl-4 text-sm text-text-2">
          <li>
            Money is whole minor units as text: <span className="mono">{'{"amount":"491314","currency":"USD"}'}</span>{' '}
            is $4,913.14.
          </li>
          <li>
            Lists go from the newest to the oldest. While <span className="mono">has_more</span>, ask again with{' '}
            <span className="mono">starting_after</span>.
          </li>
          <li>
            Send an <span className="mono">Idempotency-Key</span> with a POST, and repeating it does nothing twice.
          </li>
          <li>
            A refusal says <span className="mono">type</span>, <span className="mono">code</span>,{' '}
            <span className="mono">message</span> and a request id. Unknown parameters are refused by name.
          </li>
          <li>Each key may ask 120 times a minute. A request from a browser is refused.</li>
        </ul>
      </Card>
      {operations.map((one) => (
        <OperationCard key={one.id} operation={one} />
      ))}
      <Card title="Webhook events" flush>
        <Table caption="Webhook events">
          <thead>
            <tr>
              <Th>Event</Th>
              <Th>What has happened</Th>
            </tr>
          </thead>
          <Tbody>
            {Object.entries(webhooks).map(([type, { post }]) => (
              <Tr key={type}>
                <Td className="mono">{type}</Td>
                <Td>
                  <Coded text={post.summary} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Card>
    </SettingsFrame>
  )
}
