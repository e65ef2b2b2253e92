import 'server-only'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { otherProviders, type Provider } from '@/lib/access/providers'
import { type ContactActor, type PortalReader, requireReader } from '@/lib/access/require-contact'
import { type OtherClient, otherClients } from '@/lib/access/switch-client'
import { type PlainDate, todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { Brand } from '@/lib/tenancy/brand'
import { Settings } from '@/lib/tenancy/settings'
import type { Tenant } from '@/lib/tenancy/tenant'
import { type Locale, localeOf, type Words, wordsIn } from '@/messages/words'

/** Who is in the portal, and where: what every page of it begins with. */
export type Visitor = {
  /** A contact, or staff who look on: they see the same and may set nothing in motion. */
  actor: PortalReader
  tenant: Tenant
  /** The names of whoever reads, and of the company it is about. */
  person: string
  company: string
  /** Where they may go on to without signing in again; nowhere for staff who look on. */
  others: OtherClient[]
  /** The other MSPs at which they come in by the same address; none for staff who look on. */
  providers: Provider[]
  locale: Locale
  today: PlainDate
  /** The language the address asks for, if it does. */
  lang: string | undefined
  /** An address in this portal, in the language that was asked for. */
  href: (path: string, query?: Record<string, string | undefined>) => string
}

/** A visitor who is at home here. */
export type ContactVisitor = Visitor & { actor: ContactActor }

export function isContact(visitor: Visitor): visitor is ContactVisitor {
  return visitor.actor.kind === 'contact'
}

/** @param lang what the address asks for; sends whoever is not signed in to the door */
export async function openPortal(slug: string, lang: string | undefined): Promise<Visitor> {
  const actor = await requireReader(slug)
  const { tenant, person, company, others, providers, ownLocale, clientLocale } = await readVisitor(
    actor.tenantId,
    actor.clientId,
    actor.kind === 'contact' ? actor.contactId : actor.staffId,
    actor.kind === 'contact' ? actor.sessionId : undefined,
  )
  return {
    ...{ actor, tenant, person, company, others, providers, lang },
    locale: localeOf(lang, ownLocale, clientLocale, tenant.locale),
    today: todayIn(tenant.timeZone),
    href: (path, query = {}) => {
      const asked = Object.entries({ ...query, lang }).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, value]],
      )
      const search = new URLSearchParams(asked).toString()
      return `/m/${slug}${path}${search === '' ? '' : `?${search}`}`
    },
  }
}

type PortalProps = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string }> }

/** The window’s title, in the reader’s language and the MSP’s name; no mark of ours. */
export function portalMetadata(title: (words: Words) => string) {
  return async ({ params, searchParams }: PortalProps): Promise<Metadata> => {
    const { tenant, locale } = await openPortal((await params).msp, (await searchParams).lang)
    return { title: { absolute: `${title(wordsIn(locale))}, ${tenant.name}` } }
  }
}

type Row = Omit<Tenant, 'brand' | 'settings'> & {
  brand: unknown
  settings: unknown
  person: string
  company: string
  others: OtherClient[]
  providers: Provider[]
  ownLocale: string | null
  clientLocale: string
}

/** The MSP, the company and the person in one statement: a list page may ask the database four times in all. */
const readVisitor = cache(async (tenantId: string, clientId: string, personId: string, sessionId?: string) => {
  const row = await withTenant(tenantId, (tx) =>
    tx.row<Row>(sql`
      select t.id, t.slug, t.name, t.legal_name, t.time_zone, t.locale, t.currency, t.brand, t.settings,
        coalesce(
          (select p.name from contacts p where p.tenant_id = ${tx.tenantId} and p.client_id = c.id and p.id = ${personId}),
          (select s.name from staff s where s.tenant_id = ${tx.tenantId} and s.id = ${personId})) as person,
        (select p.locale from contacts p where p.tenant_id = ${tx.tenantId} and p.client_id = c.id and p.id = ${personId}) as own_locale,
        c.name as company, c.locale as client_locale,
        (select coalesce(jsonb_agg(jsonb_build_object('clientId', o.client_id, 'name', o.name) order by o.name, o.client_id), '[]')
          from (${otherClients(tx, sessionId)}) as o) as others,
        (select coalesce(jsonb_agg(jsonb_build_object('slug', o.slug, 'name', o.name)), '[]')
          from (${otherProviders(tx.tenantId, personId, sessionId)}) as o) as providers
      from tenants t join clients c on c.tenant_id = t.id
      where t.id = ${tx.tenantId} and c.tenant_id = ${tx.tenantId} and c.id = ${clientId}`),
  )
  if (row === undefined) notFound()
  const { person, company, others, providers, ownLocale, clientLocale, ...tenant } = row
  return {
    tenant: { ...tenant, brand: Brand.parse(tenant.brand), settings: Settings.parse(tenant.settings) },
    ...{ person, company, others, providers, ownLocale, clientLocale },
  }
})
