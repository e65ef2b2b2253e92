import 'server-only'
import { env } from '@/lib/base/env'
import { hostNameOf, isOurs } from '@/lib/tenancy/route-host'
import type { Site } from './passkeys'

/** The console, as a passkey knows it: at one address, whatever host was asked. */
export function consoleSite(): Site {
  const { hostname, origin } = new URL(env().PUBLIC_URL)
  return { id: hostname, origin, name: 'Closeloop' }
}

/** An MSP's pages, as a passkey knows them: at our address, or at the MSP's own host when that was asked. */
export function portalSite(headers: { get: (name: string) => string | null }, mspName: string): Site {
  const ours = new URL(env().PUBLIC_URL)
  const host = headers.get('host')
  const name = hostNameOf(host)
  // proxy.ts has seen to it that the host is ours or a verified one.
  return isOurs(name, ours.hostname)
    ? { id: ours.hostname, origin: ours.origin, name: mspName }
    : { id: name, origin: `${ours.protocol}//${host?.toLowerCase() ?? ''}`, name: mspName }
}
