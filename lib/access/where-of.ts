import { clientAddress } from '@/lib/base/client-address'
import type { Where } from './session'

/** Where a request comes from, as its session remembers it. */
export function whereOf(headers: { get: (name: string) => string | null }): Where {
  return { userAgent: headers.get('user-agent') ?? '', address: clientAddress(headers) }
}
