import 'server-only'
import { signInMailFacts, unsealSignInToken } from '@/lib/access/sign-in'
import { withTenant } from '@/lib/base/db'
import { env } from '@/lib/base/env'
import { log } from '@/lib/base/log'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { localeOf } from '@/messages/words'
import { fromTenant, logoOf } from './from-tenant'
import { isAddress } from './message'
import { signIn, staffSignIn } from './templates/sign-in'
import { messageIdOf, sendMail } from './transport'

const minutesValid = 10

/**
 * Mails a sign-in link, unless it was used or ran out meanwhile. Unlike other mail it is not kept: it holds a secret
 * that opens a session.
 * @throws Error when the server does not take it; the caller tries again
 */
export async function sendSignInMail(tenantId: string, signInId: string, sealedToken: string): Promise<void> {
  const { facts, tenant, address } = await withTenant(tenantId, async (tx) => ({
    facts: await signInMailFacts(tx, signInId),
    tenant: await getTenant(tx),
    address: await tenantAddress(tx),
  }))
  if (facts === undefined || !isAddress(facts.email)) return
  const token = unsealSignInToken(tenantId, signInId, sealedToken)
  const isStaff = facts.audience === 'staff'
  const { PUBLIC_URL } = env()
  // The link works in the browser that asked, and its cookie is known on the host it asked at alone.
  const pages = facts.returnTo === '/' ? address : `${PUBLIC_URL}/m/${tenant.slug}`
  const place = isStaff ? `${PUBLIC_URL}/console/sign-in/confirm?tenant=${tenantId}&` : `${pages}/sign-in/confirm?`
  const locale = localeOf(facts.locale)
  const mail = { sender: tenant, locale, url: `${place}token=${token}`, minutes: minutesValid }
  const rendered = await (isStaff ? staffSignIn(mail) : signIn({ ...mail, company: facts.company }))
  const logo = await withTenant(tenantId, (tx) => logoOf(tx, rendered.html))
  await sendMail({
    messageId: messageIdOf(signInId),
    ...(isStaff ? { fromName: 'Closeloop' } : fromTenant(tenant)),
    ...logo,
    to: facts.email,
    locale,
    ...rendered,
  })
  log.info({ tenantId, signInId }, 'mail.sign_in_sent')
}
