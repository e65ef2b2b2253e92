import 'server-only'
import { notFound } from 'next/navigation'
import { currentReader } from '@/lib/access/require-contact'
import { todayIn } from '@/lib/base/clock'
import { readStatement } from '@/lib/reports/read-statement'
import { localeOf } from '@/messages/words'
import { findMsp } from '../../msp'
import { orNotFound } from '../../or-not-found'
import { periodOf } from './period'

/** The statement a file is made of, for whoever is signed in. */
export async function openStatement(slug: string, url: string) {
  const actor = await currentReader(slug)
  if (actor === undefined) notFound()
  const tenant = await findMsp(slug)
  const asked = new URL(url).searchParams
  const today = todayIn(tenant.timeZone)
  const period = periodOf({ from: asked.get('from') ?? undefined, to: asked.get('to') ?? undefined }, today)
  const statement = await orNotFound(readStatement(actor, actor.clientId, period))
  return { tenant, today, statement, locale: localeOf(asked.get('lang'), tenant.locale) }
}
