import 'server-only'
import { now } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import type { DrawnLogo } from './draw-logo'

/** Keeps the pictures of a logo under its hash. The same logo is kept once; one that was replaced stays for mail on its way. */
export async function keepLogo(tx: Tx, { logo, images }: DrawnLogo): Promise<void> {
  for (const { height, width, png } of images)
    await tx.run(sql`
      insert into logo_images (tenant_id, hash, height, width, png, created_at)
      values (${tx.tenantId}, ${logo.hash}, ${height}, ${width}, ${png}, ${now()}) on conflict do nothing`)
}

/** One picture of a logo as PNG, if it is this tenant's. */
export async function readLogo(tx: Tx, hash: string, height: number): Promise<Buffer | undefined> {
  const row = await tx.row<{ png: Buffer }>(sql`
    select png from logo_images where tenant_id = ${tx.tenantId} and hash = ${hash} and height = ${height}`)
  return row?.png
}
