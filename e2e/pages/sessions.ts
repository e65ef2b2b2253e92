import type { BrowserContext, Page } from '@playwright/test'
import { stack } from '../support/stack.ts'
import { linkIn, mailLike, mailsSoFar } from './mailbox.ts'
import { product } from './product.ts'
import { forgetEntering } from './throttles.ts'

/**
 * Signs in with the product's own function instead of a mail: for journeys about something else, since winding the
 * clock by a day ends every session. Signing in by mail is journeyed in portal.spec.ts and loop-card.spec.ts.
 */
export async function staySignedIn(
  context: BrowserContext,
  audience: 'staff' | 'contact',
  tenantId: string,
  personId: string,
): Promise<void> {
  const { web } = stack()
  const { withTenant, openSession, sql } = await product()
  const { slug, cookie } = await withTenant(tenantId, async (tx) => ({
    slug: (await tx.row<{ slug: string }>(sql`select slug from tenants where id = ${tx.tenantId}`))?.slug,
    cookie: await openSession(tx, audience, personId),
  }))
  const name = audience === 'staff' ? 'closeloop-staff' : `closeloop-client-${slug}`
  await context.addCookies([{ name, value: cookie, url: web, httpOnly: true, sameSite: 'Lax' }])
}

/** Renee, who owns Larkfield IT, at the console. */
export async function asOwner(context: BrowserContext): Promise<void> {
  const { owner } = stack()
  await staySignedIn(context, 'staff', owner.tenantId, owner.staffId)
}

/** Somebody at a client, in the MSP's portal. */
export async function asContact(context: BrowserContext, email: string): Promise<void> {
  const contact = (await contacts()).find((one) => one.email === email)
  if (contact === undefined) throw new Error(`Nobody has the address ${email}`)
  await staySignedIn(context, 'contact', stack().owner.tenantId, contact.id)
}

/** The same session as a header, for what is no browser of ours. */
export async function contactCookie(email: string): Promise<string> {
  const { withTenant, openSession } = await product()
  const { tenantId } = stack().owner
  const contact = (await contacts()).find((one) => one.email === email)
  if (contact === undefined) throw new Error(`Nobody has the address ${email}`)
  return `closeloop-client-larkfield=${await withTenant(tenantId, (tx) => openSession(tx, 'contact', contact.id))}`
}

/** The people at Larkfield's clients. */
export async function contacts() {
  const { withTenant, sql } = await product()
  return withTenant(stack().owner.tenantId, (tx) =>
    tx.rows<{ id: string; email: string; role: 'owner' | 'payer' | 'viewer'; isBilling: boolean; client: string }>(sql`
      select p.id, p.email, p.role, p.is_billing, c.name as client
      from contacts p join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
      where p.tenant_id = ${tx.tenantId} and p.email is not null and p.gone_at is null order by c.name, p.id`),
  )
}

/** Signs in at the console as a person does: asks, opens the mail, presses. */
export async function signInAtConsole(page: Page, email: string): Promise<void> {
  await forgetEntering()
  const after = await mailsSoFar()
  await page.goto('/console')
  await page.getByLabel('Work email').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  const mail = await mailLike({ to: email, subject: 'Sign in to Closeloop', after })
  await page.goto(linkIn(mail, '/console/sign-in/confirm'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/console')
}
