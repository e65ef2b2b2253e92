import 'server-only'
import type { Tx } from '@/lib/base/db'
import { readLogo } from '@/lib/tenancy/keep-logo'
import type { Tenant } from '@/lib/tenancy/tenant'
import { logoNamedIn } from './logo-part'
import { isAddress } from './message'
import type { Envelope } from './transport'

/** Whose name a mail to a client carries, and who gets the answer. */
export function fromTenant({ name, brand }: Tenant): Pick<Envelope, 'fromName' | 'replyTo'> {
  const replyTo = [brand.replyTo, brand.supportEmail].find(isAddress)
  return { fromName: brand.senderName || name, ...(replyTo === undefined ? {} : { replyTo }) }
}

/** The logo a letter names, if it still is among the tenant's own. */
export async function logoOf(tx: Tx, html: string): Promise<Pick<Envelope, 'logo'>> {
  const hash = logoNamedIn(html)
  const png = hash === undefined ? undefined : await readLogo(tx, hash, 64)
  return hash === undefined || png === undefined ? {} : { logo: { hash, png } }
}
