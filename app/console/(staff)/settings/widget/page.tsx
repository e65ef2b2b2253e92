import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { listWidgetOrigins } from '@/lib/access/widget-origins'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { getTenant } from '@/lib/tenancy/queries'
import { SettingsFrame } from '../settings-frame'
import { CardDataCard } from './card-data-card'
import { SitesCard } from './sites-card'
import { SnippetBuilder } from './snippet-builder'

export const metadata = { title: 'Widget' }

const said: Record<string, string> = {
  added: 'Added. The site may show the widget from now on.',
  removed: 'Removed. Pages that are open stay open; new ones are refused.',
}

export default async function WidgetPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const [{ said: what = '' }, [tenant, sites]] = await Promise.all([
    searchParams,
    withTenant(actor.tenantId, async (tx) => [await getTenant(tx), await listWidgetOrigins(tx)] as const),
  ])
  return (
    <SettingsFrame here="/console/settings/widget">
      <PageHeader title="Widget" sub="The checkout on your own site, in your colors." />
      {said[what] !== undefined && (
        <Notice tone="good" role="status">
          {said[what]}
        </Notice>
      )}
      <SitesCard sites={sites} canManage={mayManage(actor)} />
      <Card title="The code for your page">
        <SnippetBuilder web={env().PUBLIC_URL} msp={tenant.slug} />
      </Card>
      <CardDataCard />
    </SettingsFrame>
  )
}
