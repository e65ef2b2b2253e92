import 'server-only'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { sql } from '@/lib/base/sql'
import { raise } from '@/lib/events/exception'
import { queueMessage } from '@/lib/mail/queue-message'
import { endpointStopped } from '@/lib/mail/templates/endpoint-stopped'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'

/**
 * An event was tried for three days in vain. If nothing else has arrived there meanwhile either, the endpoint is stopped
 * and the MSP's staff hear of it; what waits is kept until somebody switches it on again.
 * @param since when that event was put on its way
 */
export async function stopEndpoint(tx: Tx, endpointId: string, since: Date): Promise<void> {
  const stopped = await tx.row<{ url: string; failingSince: Date }>(sql`
    update webhook_endpoints set state = 'stopped'
    where tenant_id = ${tx.tenantId} and id = ${endpointId} and state = 'on'
      and failing_since <= ${new Date(since.getTime() + 60_000)}
    returning url, failing_since`)
  if (stopped === undefined) return
  const { host } = new URL(stopped.url)
  await raise(tx, {
    cause: 'webhook-stopped',
    subject: { kind: 'webhook_endpoint', id: endpointId },
    detail: `${host} has taken nothing for three days, so we have stopped sending to it. What has happened since waits.`,
    nextStep: 'Mend the program behind it, send a ping, and switch the endpoint on again.',
  })
  await tellStaff(tx, endpointId, host, stopped.failingSince)
}

async function tellStaff(tx: Tx, endpointId: string, host: string, since: Date): Promise<void> {
  const sender = await getTenant(tx)
  const locale = localeOf(sender.locale)
  const staff = await tx.rows<{ id: string; email: string }>(sql`
    select id, email from staff
    where tenant_id = ${tx.tenantId} and disabled_at is null and role in ('owner', 'finance') order by id`)
  const { subject, html, text } = await endpointStopped({
    ...{ sender, locale, host },
    since: todayIn(sender.timeZone, since),
    today: todayIn(sender.timeZone),
    url: `${env().PUBLIC_URL}/console/settings/webhooks/${endpointId}`,
  })
  for (const { id, email } of staff)
    await queueMessage(tx, {
      key: `staff:${id}:webhook-stopped:${endpointId}:${since.toISOString()}`,
      kind: 'staff_notice',
      to: email,
      ...{ locale, subject, html, text },
    })
}
