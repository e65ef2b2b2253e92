import { ChevronRight } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { RowLink } from '@/components/ui/row-link'
import { requireStaff } from '@/lib/access/require-staff'
import { now } from '@/lib/base/clock'
import { listConnections } from '@/lib/reports/connections'
import { getShell } from '@/lib/reports/shell'
import { getSyncHealth } from '@/lib/reports/sync-health'
import { PageFrame } from '../../page-frame'
import { ago } from '../../when'
import { ConnectionStatus } from '../connection-status'
import { systems } from '../systems'

export const metadata = { title: 'Connections' }

export default async function ConnectionsPago() {
  const actor = await requireStaff()
  const [connections, health, { timeZone }] = await Promise.all([
    listConnections(actor),
    getSyncHealth(actor),
    getShell(actor),
  ])
  return (
    <PageFrame crumbs={[{ name: 'Connections' }]}>
      <PageHeader title="Connections" sub="Three systems, one loop: invoice, payment, deposit." />
      <div className="grid gap-4">
        {systems.map(({ kind, name, href, icon: Icon, use }) => {
          const connection = connections[kind]
          const rejected = connection === undefined ? 0 : (health.rejectedCounts[connection.id] ?? 0)
          return (
            <Card key={kind}>
              <div className="relative grid grid-cols-[20px_minmax(0,1fr)] items-start gap-x-3.5 gap-y-2 wide:grid-cols-[20px_minmax(0,1fr)_auto]">
                <Icon aria-hidden size={20} className="mt-0.5 text-text-2" />
                <div className="min-w-0">
                  <h2 className="h2">
                    <RowLink href={href}>{name}</RowLink>
                  </h2>
                  <p className="text-sm text-text-2">
                    {connection === undefined ? use : `${connection.accountName}, ${connection.account}`}
                  </p>
                  {connection !== undefined && (
                    <p className="text-sm text-text-3">
                      Checked {ago(connection.checkedAt, now(), timeZone)}
                      {kind === 'psa' &&
                        health.lastReadAt !== undefined &&
                        `, read ${ago(health.lastReadAt, now(), timeZone)}`}
                    </p>
                  )}
                </div>
                <div className="flex flex-wrap items-center gap-1.5 max-wide:col-start-2 wide:justify-end">
                  {rejected > 0 && <Badge tone="warn">{rejected} rows not read</Badge>}
                  <ConnectionStatus connection={connection} />
                  <ChevronRight aria-hidden size={16} className="text-text-3 max-wide:hidden" />
                </div>
              </div>
            </Card>
          )
        })}
      </div>
    </PageFrame>
  )
}
