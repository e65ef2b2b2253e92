import 'server-only'
import { notFound } from 'next/navigation'
import { requireStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { checkoutTerms } from '@/lib/payments/checkout-terms'
import { getTenant } from '@/lib/tenancy/queries'
import { getBrandDraft } from '@/lib/tenancy/save-brand'
import { localeOf } from '@/messages/words'
import { sampleInvoice } from './sample'

/** What every preview begins with: the MSP as its draft would have it, or as it is, in one theme, and an invoice nobody owes. */
export async function openPreview(theme: string | null | undefined, of: 'draft' | 'published' = 'draft') {
  if (theme !== 'light' && theme !== 'dark') notFound()
  const actor = await requireStaff()
  const { tenant, draft, terms } = await withTenant(actor.tenantId, async (tx) => ({
    tenant: await getTenant(tx),
    draft: await getBrandDraft(tx),
    terms: await checkoutTerms(tx),
  }))
  const { name, brand } = of === 'draft' ? (draft ?? tenant) : tenant
  const locale = localeOf(tenant.locale)
  const today = todayIn(tenant.timeZone)
  return {
    tenant: { ...tenant, name, brand: { ...brand, theme } as const },
    ...{ locale, today, terms, invoice: sampleInvoice(tenant.currency, locale, today) },
  }
}
export type Preview = Awaited<ReturnType<typeof openPreview>>
