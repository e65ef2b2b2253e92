import '../../scripts/server-only.ts'
import { stack } from '../support/stack.ts'
import { simulatedNow } from './clock.ts'

/** The parts of the product that journeys call directly, with the settings it runs with, at the simulated time. */
export async function product() {
  Object.assign(process.env, stack().env, { LOG_LEVEL: 'silent' })
  const [{ withTenant }, { sql }, { openSession }, { createPayLink, payLinkUrl }, { now, windClock }] =
    await Promise.all([
      import('@/lib/base/db'),
      import('@/lib/base/sql'),
      import('@/lib/access/session'),
      import('@/lib/access/pay-link'),
      import('@/lib/base/clock'),
    ])
  windClock((await simulatedNow()).getTime() - Date.now())
  return { withTenant, sql, openSession, createPayLink, payLinkUrl, now, windClock }
}
