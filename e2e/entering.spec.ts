import { Secret, TOTP } from 'otpauth'
import { expectAccessible } from './pages/accessible.ts'
import { actionTable, Form } from './pages/action-table.ts'
import { builtActions } from './pages/build.ts'
import { callAction } from './pages/call-action.ts'
import type { Guarded } from './pages/guarded.ts'
import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { product } from './pages/product.ts'
import { asContact, asOwner } from './pages/sessions.ts'
import { expect, type Page, test } from './pages/test.ts'
import { forgetEntering } from './pages/throttles.ts'
import { stack } from './support/stack.ts'

// How people come in, and how they see to it that nobody else does.

const home = '/m/larkfield'
const dana = 'dana@hadleymoss.example'
test.beforeEach(forgetEntering)

test('a link opened on another device takes the code that the asking browser shows, and five wrong ones end it', async ({
  page,
  otherBrowser,
}) => {
  const ask = async () => {
    const after = await mailsSoFar()
    await page.goto(`${home}/sign-in`)
    await page.getByLabel('Email address').fill(dana)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    const shown = page.getByText('To open it in another browser').getByText(/^\d{3} \d{3}$/)
    const code = await shown.innerText()
    const mail = await mailLike({ to: dana, subject: 'Sign in to Larkfield IT', after })
    return { code, link: linkIn(mail, '/sign-in/confirm') }
  }
  const { code, link } = await ask()
  const phone = await otherBrowser()
  const type = async (digits: string) => {
    await phone.getByLabel('Code of six digits').fill(digits)
    await phone.getByRole('button', { name: 'Sign in' }).click()
  }
  await phone.goto(link)
  await expect(phone.getByText('This link was asked for in another browser.')).toBeVisible()
  await type(code === '000 000' ? '000 001' : '000 000')
  await expect(phone.getByText('That is another code. 4 tries are left.')).toBeVisible()
  await type(code)
  await expect(phone.getByRole('heading', { level: 1, name: /Dana$/ })).toBeVisible()

  const second = await ask()
  await phone.context().clearCookies()
  await phone.goto(second.link)
  for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is']) {
    await type('999999' === second.code.replace(' ', '') ? '999998' : '999999')
    await expect(phone.getByText(`That is another code. ${left} left.`)).toBeVisible()
  }
  await type('999999' === second.code.replace(' ', '') ? '999998' : '999999')
  await expect(phone.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
  await page.goto(second.link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This link was used already')).toBeVisible()
})

test('staff sign in at their directory; an account it does not vouch for, or that nobody here knows, gets no further', async ({
  page,
  complaints,
}) => {
  complaints.allow(/favicon/) // of the stand-in
  const go = async (account: string) => {
    await page.context().clearCookies() // who is signed in is led past the door
    await page.goto('/console/sign-in')
    await page.getByRole('link', { name: 'Sign in with the directory' }).click()
    await page.getByRole('button', { name: account }).click()
  }
  await go('Cancel')
  await expect(page.getByText('You canceled there')).toBeVisible()
  for (const stranger of ['Renee Impostor', 'Ines Duarte']) {
    await go(stranger)
    await expect(page.getByText('That account is not known here')).toBeVisible()
  }
  await expectAccessible(page, 'a refusal after the directory')
  await go('Marcus Bell')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  await page.goto('/console/security')
  const card = page.getByRole('region', { name: 'Sign in without the mail' })
  await expect(card).toContainText('marcus@larkfield.example')
  await card.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText('Removed: that account signs you in no longer.')).toBeVisible()
  await go('Marcus Bell')
  await expect(page.getByText('That account is not known here')).toBeVisible()
})

test('a client sees where they are signed in, puts one browser out, then all of them', async ({
  page,
  context,
  otherBrowser,
}) => {
  await asContact(context, dana)
  const lost = await otherBrowser()
  await asContact(lost.context(), dana)
  await page.goto(`${home}/security`)
  await expect(page.getByText('This one')).toHaveCount(1)
  const others = page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem').getByRole('button')
  await expect(others).not.toHaveCount(0)
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click()
    await expect(others).toHaveCount(left - 1)
  }
  await expectOut(lost, home)
  await page.goto(`${home}/security?lang=fr`)
  await expect(page.getByRole('heading', { level: 1, name: 'Connexion et sécurité' })).toBeVisible()
  await page.getByRole('button', { name: 'Se déconnecter partout' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await expectOut(page, home)
})

test('a client adds a passkey, comes in with it the next time, and not once it is removed', async ({
  page,
  context,
}) => {
  await addAuthenticator(page)
  await asContact(context, dana)
  await page.goto(`${home}/security`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const remove = page.getByRole('region', { name: 'Passkeys' }).getByRole('button', { name: 'Remove' })
  await expect(remove).toBeVisible()
  await page.locator('summary', { hasText: 'Signed in as Dana' }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Use a passkey instead' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Dana$/ })).toBeVisible()
  await page.goto(`${home}/security`)
  await remove.click()
  await expect(remove).toHaveCount(0)
  await page.locator('summary', { hasText: 'Signed in as Dana' }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Use a passkey instead' }).click()
  await expect(page.getByText('No passkey of yours opened this.')).toBeVisible()
})

test('staff find their sessions from their own menu, and sign out everywhere', async ({
  page,
  context,
  otherBrowser,
}) => {
  await asOwner(context)
  const lost = await otherBrowser()
  await asOwner(lost.context())
  await page.goto('/console')
  await page.getByText('Renee Okafor').first().click()
  await page.getByRole('link', { name: 'Sign-in and security' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and security' })).toBeVisible()
  await expect(page.getByText('This one')).toHaveCount(1)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByLabel('Work email')).toBeVisible()
  await lost.goto('/console')
  await expect(lost.getByLabel('Work email')).toBeVisible()
})

test('an MSP that asks for a second factor: a passkey at the first sign-in, asked for at the next, and a code when it is lost', async ({
  page,
  otherBrowser,
}) => {
  const email = await newMsp('quarry', { requireSecondFactor: true })
  const authenticator = await addAuthenticator(page)
  await signIn(page, email)
  await expect(page.getByRole('heading', { level: 1, name: 'Add a second factor' })).toBeVisible()
  await expectAccessible(page, 'adding a second factor')
  await page.goto('/console')
  await expect(page.getByLabel('Work email')).toBeVisible() // the link alone opens nothing

  await page.goto('/console/sign-in/second')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const code = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').first().innerText()
  await page.getByRole('button', { name: 'I stored them' }).click()
  await expect(page).toHaveURL(/\/console$/)

  await page.getByText('Avery Quarry').first().click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, email)
  await expect(page.getByRole('heading', { level: 1, name: 'One more step' })).toBeVisible()
  await expectAccessible(page, 'one more step')
  await authenticator.refuse()
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await expect(page.getByText('The passkey was not used.')).toBeVisible()
  await authenticator.agree()
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await expect(page).toHaveURL(/\/console$/)

  const phone = await otherBrowser()
  for (const isFirst of [true, false]) {
    await phone.context().clearCookies()
    await signIn(phone, email)
    await phone.getByLabel('Six digits, or a recovery code').fill(code)
    await phone.getByRole('button', { name: 'Continue' }).click()
    if (isFirst) await expect(phone).toHaveURL(/\/console$/)
    else await expect(phone.getByText('That was not right.')).toBeVisible()
  }
})

test('an app with six digits is added on the security page, asked for before a key is made, and removed', async ({
  page,
  context,
}) => {
  const email = await newMsp('pines', {})
  await signIn(page, email)
  await expect(page).toHaveURL(/\/console$/)
  await page.goto('/console/security')
  await expect(page.getByText('A second factor is not required')).toBeVisible()
  await page.getByRole('button', { name: 'Use an app that shows digits' }).click()
  const letters = (await page.getByLabel('As letters').inputValue()).replaceAll(' ', '')
  const app = new TOTP({ secret: Secret.fromBase32(letters) })
  await page.getByLabel('Six digits that the app shows').fill('000000')
  await page.getByRole('button', { name: 'Add the app' }).click()
  await expect(page.getByText('Those are not the digits of this moment.')).toBeVisible()
  await page.getByLabel('Six digits that the app shows').fill(app.generate())
  await page.getByRole('button', { name: 'Add the app' }).click()
  await page.getByRole('link', { name: 'I stored them' }).click()
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible()

  await forgetProofs()
  await page.goto('/console/settings/api-keys')
  await page.getByLabel('Used by').fill('Ticket robot')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm that it is you' })).toBeVisible()
  await expectAccessible(page, 'confirming')
  await page.getByLabel('Six digits, or a recovery code').fill(nextDigits(app))
  const before = await context.cookies()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/settings\/api-keys$/)
  expect(await context.cookies()).not.toEqual(before) // a new secret after each proof
  await page.getByLabel('Used by').fill('Ticket robot')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await expect(page.getByText('The key is made.')).toBeVisible()

  await page.goto('/console/security')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText('It is removed')).toBeVisible()
})

test('without a second factor a fresh link by mail is asked for, and leads back', async ({ page }) => {
  const email = await newMsp('harbor', {})
  await signIn(page, email)
  await expect(page).toHaveURL(/\/console$/)
  await forgetProofs()
  await page.goto('/console/settings/api-keys')
  await page.getByLabel('Used by').fill('Ticket robot')
  await page.getByRole('button', { name: 'Make a key' }).click()
  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await press(page, email, after)
  await expect(page).toHaveURL(/\/settings\/api-keys$/)
  await page.getByLabel('Used by').fill('Ticket robot')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await expect(page.getByText('The key is made.')).toBeVisible()
})

/** What moves money, or hands out the keys to it. */
const grave = [
  'payments/[id]/refund.ts refund',
  'clients/[id]/appoint.ts appoint',
  'connections/connectwise/acts.ts connectConnectwise',
  'connections/connectwise/acts.ts disconnectConnectwise',
  'connections/quickbooks/acts.ts beginQuickbooks',
  'connections/quickbooks/acts.ts disconnectQuickbooks',
  'connections/stripe/acts.ts beginStripe',
  'connections/stripe/acts.ts connectStripeKey',
  'connections/stripe/acts.ts disconnectFromStripe',
  'settings/api-keys/acts.ts makeKey',
  'settings/api-keys/acts.ts rotateKey',
  'settings/privacy/acts.ts erase',
  'settings/privacy/acts.ts saveRetention',
  'settings/privacy/decline.ts decline',
  'security/acts.ts removeOneFactor',
  'security/acts.ts removeOneIdentity',
  'security/acts.ts renewCodes',
  'security/acts.ts requireOfAll',
]

test('nothing grave is done in a session whose proof is old: each act leads to the question who asks', async ({
  context,
}) => {
  await asOwner(context)
  await forgetProofs()
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const act of grave) {
    const name = `console/(staff)/${act}`
    const [row, built] = [actionTable[name], builtActions().find((action) => action.name === name)]
    if (row === undefined || built === undefined) throw new Error(`No action ${name}`)
    const on = typeof row.on === 'string' ? row.on : row.on(nowhere)
    const response = await callAction(new URL(on, stack().web).href, built.id, row.with(nowhere), { cookie })
    const to = response.headers.get('x-action-redirect') ?? response.headers.get('location') ?? ''
    expect(to, name).toContain('/console/confirm?to=')
  }
})

test('an owner invites a viewer, who sees and changes nothing, and is out at once when removed', async ({
  page,
  otherBrowser,
}) => {
  await signIn(page, await newMsp('meadow', {}))
  const after = await mailsSoFar()
  await page.goto('/console/settings/team')
  const form = page.getByRole('region', { name: 'Invite somebody' })
  await form.getByLabel('Name').fill('Vera Lind')
  await form.getByLabel('Work email').fill('vera@meadow.example')
  await form.getByLabel('Role').selectOption('viewer')
  await form.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText('They may sign in; a mail tells them where.')).toBeVisible()
  await mailLike({ to: 'vera@meadow.example', subject: 'You may sign in at meadow IT', after })

  const vera = await otherBrowser()
  await signIn(vera, 'vera@meadow.example')
  await vera.goto('/console/settings/team')
  await expect(vera.getByText('Only an owner invites.')).toBeVisible()
  const cookie = (await vera.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const before = await stateOfMsp('meadow')
  for (const { id, name } of builtActions()) {
    const row = actionTable[name]
    if (row === undefined || !name.startsWith('console/(staff)/') || leaving.test(name)) continue
    const on = typeof row.on === 'string' ? row.on : row.on(nowhere)
    await callAction(new URL(on, stack().web).href, id, await tempting(name, row.with(nowhere)), { cookie })
    expect(await stateOfMsp('meadow'), name).toBe(before)
  }

  await page.reload()
  await page
    .getByRole('row', { name: /Vera Lind/ })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByRole('button', { name: 'Remove Vera Lind' }).click()
  await expect(page.getByText('They are out, everywhere.')).toBeVisible()
  await vera.goto('/console')
  await expect(vera.getByLabel('Work email')).toBeVisible()
})

const leaving = /leave|security\/acts\.ts/

/** Ids that are nobody's. */
const nowhere = new Proxy({} as Guarded, { get: () => '0190a0a0-0000-7000-8000-000000000000' })

/** What would be done, if it were allowed: the table's forms are made to be harmless. */
async function tempting(name: string, args: unknown[]): Promise<unknown[]> {
  const { withTenant, findTenantBySlug, sql } = await product()
  const tenantId = (await findTenantBySlug('meadow')) ?? ''
  const avery = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from staff where tenant_id = ${tx.tenantId} and role = 'owner'`),
  )
  const id = avery?.id ?? ''
  const forms: Record<string, unknown[]> = {
    'settings/save.ts save': [new Form({ sendNewInvoices: 'on', acceptCards: 'on' })],
    'settings/team/acts.ts invite': [null, new Form({ name: 'Eve', email: 'eve@evil.example', role: 'owner' })],
    'settings/team/acts.ts giveRole': [new Form({ id, role: 'viewer' })],
    'settings/team/acts.ts removeColleague': [new Form({ id })],
    'settings/team/acts.ts resetColleague': [new Form({ id })],
    'settings/api-keys/acts.ts makeKey': [null, new Form({ name: 'Robot', scopes: 'read' })],
    'settings/webhooks/acts.ts addWebhook': [
      null,
      new Form({ url: 'https://evil.example/hook', events: 'invoice.paid' }),
    ],
    'settings/widget/acts.ts addOrigin': [null, new Form({ origin: 'https://evil.example' })],
    'settings/brand/host-acts.ts setHost': ['', new Form({ host: 'pay.evil.example' })],
  }
  return forms[name.replace('console/(staff)/', '')] ?? args
}

/** Everything of an MSP that a viewer might change. */
async function stateOfMsp(slug: string): Promise<string> {
  const { withTenant, findTenantBySlug, sql } = await product()
  const rows = await withTenant((await findTenantBySlug(slug)) ?? '', (tx) =>
    tx.rows<object>(sql`
      select (select to_jsonb(t) from tenants t where id = ${tx.tenantId}) as tenant,
        (select jsonb_agg(to_jsonb(s) order by id) from staff s where tenant_id = ${tx.tenantId}) as staff,
        (select count(*)::int from api_keys where tenant_id = ${tx.tenantId}) as keys,
        (select count(*)::int from webhook_endpoints where tenant_id = ${tx.tenantId}) as endpoints,
        (select count(*)::int from widget_origins where tenant_id = ${tx.tenantId}) as origins,
        (select count(*)::int from custom_hosts where tenant_id = ${tx.tenantId}) as hosts,
        (select count(*)::int from connections where tenant_id = ${tx.tenantId}) as connections`),
  )
  return JSON.stringify(rows)
}

/** An MSP of its own, whose only person is its owner. @returns their address */
async function newMsp(slug: string, settings: object): Promise<string> {
  const { createTenant, findTenantBySlug } = await product()
  const email = `avery@${slug}.example`
  if ((await findTenantBySlug(slug)) === undefined)
    await createTenant({
      ...{ slug, settings, name: `${slug} IT`, legalName: `${slug} IT, Inc.`, currency: 'USD', locale: 'en-US' },
      timeZone: 'America/New_York',
      brand: { senderName: slug, initials: slug.slice(0, 1).toUpperCase() },
      owner: { email, name: `Avery ${slug.slice(0, 1).toUpperCase()}${slug.slice(1)}` },
    })
  return email
}

async function signIn(page: Page, email: string): Promise<void> {
  const after = await mailsSoFar()
  await page.goto('/console/sign-in')
  await page.getByLabel('Work email').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await press(page, email, after)
}

async function press(page: Page, email: string, after: number): Promise<void> {
  const mail = await mailLike({ to: email, subject: 'Sign in to Closeloop', after })
  await page.goto(linkIn(mail, '/console/sign-in/confirm'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/console/sign-in/confirm'))
}

/** As if everybody had signed in a while ago. */
async function forgetProofs(): Promise<void> {
  const { allTenantIds, withTenant, sql } = await product()
  for (const tenantId of await allTenantIds())
    await withTenant(tenantId, (tx) =>
      tx.run(sql`update sessions set proved_at = proved_at - interval '11 minutes' where tenant_id = ${tx.tenantId}`),
    )
}

/** The digits of the period after this one: those of this one were taken when the app was added. */
function nextDigits(app: TOTP): string {
  return app.generate({ timestamp: Date.now() + 30_000 })
}

/** A device that makes passkeys, and asks nobody. */
async function addAuthenticator(page: Page) {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('WebAuthn.enable')
  const { authenticatorId } = await chromium.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  })
  const verify = (isUserVerified: boolean) =>
    chromium.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  return { refuse: () => verify(false), agree: () => verify(true) }
}

async function expectOut(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByLabel(/Email address|Adresse de courriel/)).toBeVisible()
}
