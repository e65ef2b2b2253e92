import { Button } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getTenant } from '@/lib/tenancy/queries'
import { getBrandDraft } from '@/lib/tenancy/save-brand'
import { SettingsFrame } from '../settings-frame'
import { discard } from './acts'
import { BrandEditor } from './brand-editor'

export const metadata = { title: 'Brand' }

export default async function BrandPage({ searchParams }: { searchParams: Promise<{ fresh?: string }> }) {
  const actor = await requireStaff()
  const { fresh } = await searchParams
  const { tenant, draft } = await withTenant(actor.tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    draft: await getBrandDraft(tx),
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
    </SettingsFrame>
  )
}
