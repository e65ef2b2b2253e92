'use server'

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { MadePasskey } from '@/lib/access/passkey-shapes'
import { beginPasskey, keepPasskey, removePasskey } from '@/lib/access/passkeys'
import { requireContact } from '@/lib/access/require-contact'
import { portalSite } from '@/lib/access/site'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { findMsp } from '../../msp'

/** What the browser needs to make a passkey. */
export async function beginKey(slug: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const [actor, tenant] = [await requireContact(slug), await findMsp(slug)]
  const person = await withTenant(actor.tenantId, (tx) =>
    tx.row<{ name: string; email: string }>(
      sql`select name, coalesce(email, name) as email from contacts where tenant_id = ${tx.tenantId} and id = ${actor.contactId}`,
    ),
  )
  return beginPasskey(actor, portalSite(await headers(), tenant.name), person ?? { name: '', email: '' })
}

/** The passkey that it made. @returns whether it is kept */
export async function keepKey(slug: string, response: unknown, name: string): Promise<boolean> {
  const [actor, tenant] = [await requireContact(slug), await findMsp(slug)]
  const made = MadePasskey.safeParse(response)
  if (!made.success) return false
  const site = portalSite(await headers(), tenant.name)
  const wanted = { response: made.data, name: String(name) }
  const kept = await withTenant(actor.tenantId, (tx) => keepPasskey(tx, actor, site, wanted))
  if (kept) revalidatePath(`/m/${slug}/security`)
  return kept
}

export async function removeKey(slug: string, form: FormData): Promise<void> {
  const actor = await requireContact(slug)
  await withTenant(actor.tenantId, (tx) => removePasskey(tx, actor, String(form.get('id'))))
  revalidatePath(`/m/${slug}/security`)
}
