'use server'

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { writeCookie } from '@/lib/access/cookies'
import { enterWithPasskey } from '@/lib/access/enter-with-passkey'
import { SignedByPasskey } from '@/lib/access/passkey-shapes'
import { beginPasskeySignIn } from '@/lib/access/passkeys'
import { portalSite } from '@/lib/access/site'
import { throttle } from '@/lib/access/throttle'
import { whereOf } from '@/lib/access/where-of'
import { clientNetwork } from '@/lib/base/client-address'
import { findMsp } from '../msp'

/** What the passkey is to sign; undefined when this network has asked too often. */
export async function askPasskey(slug: string): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const [tenant, from] = [await findMsp(slug), await headers()]
  const tries = await throttle('enter', clientNetwork(from))
  return tries.ok ? beginPasskeySignIn(tenant.id, portalSite(from, tenant.name)) : undefined
}

/** What it signed. @returns only when that opens nothing */
export async function showPasskey(slug: string, response: unknown): Promise<'unknown'> {
  const [tenant, from] = [await findMsp(slug), await headers()]
  const signed = SignedByPasskey.safeParse(response)
  if (!signed.success) return 'unknown'
  const tries = await throttle('enter', clientNetwork(from))
  if (!tries.ok) return 'unknown'
  const cookie = await enterWithPasskey(tenant.id, portalSite(from, tenant.name), signed.data, whereOf(from))
  if (cookie === undefined) return 'unknown'
  await writeCookie({ contactOf: slug }, cookie)
  redirect(`/m/${encodeURIComponent(slug)}`)
}
