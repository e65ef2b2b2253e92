import { Button } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getCustomHost, ourHost } from '@/lib/tenancy/keep-host'
import { getTenant } from '@/lib/tenancy/queries'
import { getBrandDraft } from '@/lib/tenancy/save-brand'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { SettingsFrame } from '../settings-frame'
import { discard } from './acts'
import { BrandEditor } from './brand-editor'
import { HostCard } from './host-card'

export const metadata = { title: 'Brand' }

export default async function BrandPage({ searchParams }: { searchParams: Promise<{ fresh?: string }> }) {
  const actor = await requireStaff()
  const { fresh } = await searchParams
  const { tenant, draft, custom, address } = await withTenant(actor.tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    draft: await getBrandDraft(tx),
    custom: await getCustomHost(tx),
    address: await tenantAddress(tx),
  }))
  const canManage = mayManage(actor)
  const published = { name: tenant.name, brand: tenant.brand }
  return (
    <SettingsFrame
      here="/console/settings/brand"
      acts={
        canManage && (
          <>
            <form action={discard} className="grid">
              <Button type="submit" tone="quiet">
                Discard
              </Button>
            </form>
            <Button type="submit" tone="primary" form="brand">
              Publish brand
            </Button>
          </>
        )
      }
    >
      <PageHeader
        title="Brand"
        sub="What clients see: pay page, portal, widget, email, PDF and Stripe’s fields. The console keeps its own look."
      />
      <BrandEditor
        key={fresh}
        slug={tenant.slug}
        published={published}
        draft={draft ?? published}
        canManage={canManage}
      />
      <HostCard custom={custom} ours={ourHost()} address={address} canManage={canManage} />
    </SettingsFrame>
  )
}
