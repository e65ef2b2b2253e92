import 'server-only'
import { env } from '@/lib/base/env'
import type { Site } from './passkeys'

/** The console, as a passkey knows it: at one address, whatever host was asked. */
export function consoleSite(): Site {
  const { hostname, origin } = new URL(env().PUBLIC_URL)
  return { id: hostname, origin, name: 'Closeloop' }
}
