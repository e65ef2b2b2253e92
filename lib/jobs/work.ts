import 'server-only'
import { now } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { sql } from '@/lib/base/sql'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { raise, settle } from '@/lib/events/exception'
import type { News } from '@/lib/events/news'
import { handlers } from './handlers'

const triesMax = 12

/**
 * Works one piece of news off the in-tray. At least once: a handler that dies in between is run again. After a dozen
 * tries it is put before a person and the others go on.
 * @throws whatever the handler threw, so that the queue runs it again later
 */
export async function work(tenantId: string, eventId: string): Promise<void> {
  const event = await withTenant(tenantId, (tx) =>
    tx.row<{ kind: string; payload: object; state: string; failures: number }>(sql`
      select kind, payload, state, failures from events where tenant_id = ${tx.tenantId} and id = ${eventId}`),
  )
  if (event === undefined || event.state !== 'waiting') return
  await faultPoint('work.taken')
  const news = { kind: event.kind, ...event.payload } as News
  try {
    await handle(tenantId, news)
  } catch (error) {
    await noteFailure(tenantId, eventId, event.kind, event.failures + 1, error)
    throw error
  }
  await faultPoint('work.handled')
  await withTenant(tenantId, async (tx) => {
    await tx.run(
      sql`update events set state = 'done', handled_at = ${now()} where tenant_id = ${tx.tenantId} and id = ${eventId}`,
    )
    if (event.failures > 0) await settle(tx, 'event-dead', eventId)
  })
}

/** One handler per kind; the union keeps kind and handler together. */
function handle(tenantId: string, news: News): Promise<unknown> {
  const handler = handlers[news.kind] as ((tenantId: string, news: News) => Promise<unknown>) | undefined
  if (handler === undefined) throw new Error(`Nobody handles ${news.kind}`)
  return handler(tenantId, news)
}

async function noteFailure(
  tenantId: string,
  eventId: string,
  kind: string,
  failures: number,
  error: unknown,
): Promise<void> {
  const isDead = failures >= triesMax || (error instanceof ConnectorFault && error.cure === 'stop')
  log[isDead ? 'error' : 'warn']({ tenantId, eventId, kind, failures, error }, 'event.failed')
  const message = error instanceof Error ? error.message : String(error)
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update events set failures = ${failures}, last_error = ${message.slice(0, 500)}, state = ${isDead ? 'dead' : 'waiting'}
      where tenant_id = ${tx.tenantId} and id = ${eventId}`)
    if (isDead)
      await raise(tx, {
        cause: 'event-dead',
        subject: { kind: 'event', id: eventId },
        detail: `"${kind}" failed ${failures} times: ${message.slice(0, 200)}`,
        nextStep: 'Look at the log around this time, mend the cause, then try it again.',
      })
  })
}
