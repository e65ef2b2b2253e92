import '../../scripts/server-only.ts'
import { stack } from '../support/stack.ts'
import { simulatedNow } from './clock.ts'

/** The parts of the product that journeys call directly, with the settings it runs with, at the simulated time. */
export async function product() {
  Object.assign(process.env, stack().env, { LOG_LEVEL: 'silent' })
  const parts = await Promise.all([
    import('@/lib/base/db'),
    import('@/lib/base/sql'),
    import('@/lib/base/clock'),
    import('@/lib/base/ids'),
    import('@/lib/access/session'),
    import('@/lib/access/pay-link'),
    import('@/lib/access/make-api-key'),
    import('@/lib/webhooks/keep-endpoint'),
    import('@/lib/webhooks/send-again'),
    import('@/lib/access/checkout-session'),
    import('@/lib/access/add-widget-origin'),
    import('@/lib/tenancy/across-tenants'),
    import('@/lib/events/exception'),
    import('@/lib/ledger/record'),
    import('@/lib/events/announce'),
  ])
  const [
    db,
    sql,
    clock,
    ids,
    session,
    payLink,
    apiKeys,
    endpoints,
    sending,
    checkout,
    origin,
    tenants,
    exception,
    record,
    announce,
  ] = parts
  clock.windClock((await simulatedNow()).getTime() - Date.now())
  return {
    ...db,
    ...sql,
    ...clock,
    ...ids,
    ...session,
    ...payLink,
    ...apiKeys,
    ...endpoints,
    ...sending,
    ...checkout,
    ...origin,
    ...tenants,
    ...exception,
    ...record,
    ...announce,
  }
}
