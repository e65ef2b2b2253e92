import { beginConnect, finishConnect } from '@/lib/accounting/connect-accounting'
import type { Stage } from './stage.ts'

/**
 * A refresh token whose successor never arrived, because the answer was lost or we died holding it, is worth nothing:
 * the vendor has replaced it. Then staff are asked to connect again, which is what somebody does here.
 */
export async function reconnectBooks({ rows, staff, sandbox }: Stage): Promise<boolean> {
  const asked = await rows(`select 1 from connections where kind = 'accounting' and state = 'needs_reconnect'`)
  if (asked.length === 0) return false
  const consent = new URL((await beginConnect(staff)).url)
  const form = new URLSearchParams({ decision: 'authorize' })
  for (const name of ['redirect_uri', 'state']) form.set(name, consent.searchParams.get(name) ?? '')
  const answer = await fetch(`${sandbox.urls.quickbooksOnline}/_sandbox/authorize`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const connected = await finishConnect(staff, new URL(answer.headers.get('location') ?? '').searchParams)
  if (!connected.ok) throw new Error(connected.reason)
  return true
}
