import 'server-only'
import { type Tx, withTenant } from '@/lib/base/db'
import { json, sql } from '@/lib/base/sql'
import { audit } from './audit'
import type { AuditBy } from './audit-actions'
import { BrandDraft } from './brand-draft'
import { changes } from './changes'
import { contrastTable } from './contrast-table'
import { readLogo } from './keep-logo'
import { logoHeights } from './logo'

/** The draft staff are at, if there is one that still reads as a brand. */
export async function getBrandDraft(tx: Tx): Promise<BrandDraft | undefined> {
  const row = await tx.row<{ brandDraft: unknown }>(sql`select brand_draft from tenants where id = ${tx.tenantId}`)
  const draft = BrandDraft.safeParse(row?.brandDraft)
  return draft.success ? draft.data : undefined
}

/** Keeps the draft beside the brand clients see; undefined discards it. */
export async function saveBrandDraft(tenantId: string, draft: BrandDraft | undefined): Promise<void> {
  await withTenant(tenantId, (tx) =>
    tx.run(sql`update tenants set brand_draft = ${draft === undefined ? null : json(draft)} where id = ${tx.tenantId}`),
  )
}

export type Published = { ok: true } | { ok: false; because: 'contrast' | 'logo' }

/**
 * From now on clients see this brand, and there is no draft. Only a set that passes is taken: the derived colors always
 * do, a page tint may not; a logo must be one of the tenant's own.
 */
export async function publishBrand(tenantId: string, by: AuditBy, { name, brand }: BrandDraft): Promise<Published> {
  if (contrastTable(brand).some(({ used, needs }) => used < needs)) return { ok: false, because: 'contrast' }
  return withTenant(tenantId, async (tx) => {
    const [height] = logoHeights
    if (brand.logo !== null && (await readLogo(tx, brand.logo.hash, height)) === undefined)
      return { ok: false, because: 'logo' }
    const old = await tx.row<{ name: string; brand: object }>(
      sql`select name, brand from tenants where id = ${tx.tenantId} for update`,
    )
    await tx.run(
      sql`update tenants set name = ${name}, brand = ${json(brand)}, brand_draft = null where id = ${tx.tenantId}`,
    )
    const change = changes({ name: old?.name, ...old?.brand }, { name, ...brand })
    await audit(tx, by, 'brand.published', { kind: 'tenant', id: tenantId }, change)
    return { ok: true }
  })
}
