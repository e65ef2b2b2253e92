import 'server-only'
import { type Sql, sql } from '@/lib/base/sql'

/** Ids stand in the trail as text, of whatever kind they are; what is none has no name. */
const subjectUuid = sql`(case when e.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.subject_id::uuid end)`
const actorUuid = sql`(case when e.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.actor_id::uuid end)`

/** The name of whoever did `audit_entries e`, found by key; null where there is none. */
export function actorNameOf(tenantId: string): Sql {
  return sql`case e.actor_kind
    when 'staff' then (select x.name from staff x where x.tenant_id = ${tenantId} and x.id = ${actorUuid})
    when 'contact' then (select x.name || ', ' || c.name from contacts x join clients c on c.tenant_id = x.tenant_id and c.id = x.client_id
      where x.tenant_id = ${tenantId} and x.id = ${actorUuid})
    when 'link' then (select concat_ws(', ', i.number, c.name) from pay_links x
      left join invoices i on i.tenant_id = x.tenant_id and i.id = x.invoice_id
      join clients c on c.tenant_id = x.tenant_id and c.id = coalesce(i.client_id, x.client_id) where x.tenant_id = ${tenantId} and x.id = ${actorUuid})
    when 'checkout' then (select c.name from checkout_sessions x join clients c on c.tenant_id = x.tenant_id and c.id = x.client_id
      where x.tenant_id = ${tenantId} and x.id = ${actorUuid})
    when 'api' then (select x.name from api_keys x where x.tenant_id = ${tenantId} and x.id = ${actorUuid})
    end`
}

/** What `audit_entries e` is about, in a few words; null for what has none. */
export function subjectNameOf(tenantId: string): Sql {
  const client = sql`join clients c on c.tenant_id = x.tenant_id and c.id = x.client_id`
  const here = sql`where x.tenant_id = ${tenantId} and x.id = ${subjectUuid}`
  return sql`case e.subject_kind
    when 'invoice' then (select x.number || ', ' || c.name from invoices x ${client} ${here})
    when 'attempt' then (select c.name from attempts x ${client} ${here})
    when 'scheduled_payment' then (select c.name from scheduled_payments x ${client} ${here})
    when 'autopay' then (select c.name from autopays x ${client} ${here})
    when 'agreement' then (select x.name || ', ' || c.name from agreements x ${client} ${here})
    when 'method' then (select x.label || ', ' || c.name from methods x ${client} ${here})
    when 'checkout' then (select c.name from checkout_sessions x ${client} ${here})
    when 'contact' then (select x.name || ', ' || c.name from contacts x ${client} ${here})
    when 'paper' then (select x.title || coalesce(' ' || x.year, '') || coalesce(', ' || c.name, '') from papers x
      left join clients c on c.tenant_id = x.tenant_id and c.id = x.client_id ${here})
    when 'client' then (select x.name from clients x ${here})
    when 'staff' then (select x.name from staff x ${here})
    when 'api_key' then (select x.name from api_keys x ${here})
    when 'connection' then (select x.connector from connections x ${here})
    when 'webhook_endpoint' then (select x.url from webhook_endpoints x ${here})
    when 'widget_origin' then coalesce((select x.origin from widget_origins x ${here}), e.detail ->> 'origin')
    when 'tenant' then (select x.name from tenants x where x.id = ${tenantId})
    end`
}
