import { openInBooks } from './pages/books.ts'
import { linkIn, mailLike, mailsSoFar, mailsWith } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { product } from './pages/product.ts'
import { addClient, issueAndReceive, ourPsaPayments, psaInvoice } from './pages/psa.ts'
import { secondMsp } from './pages/second-msp.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { chargesOf, sumNear } from './pages/stripe.ts'
import { answered, expect, type Page, test } from './pages/test.ts'
import { forgetEntering } from './pages/throttles.ts'
import { stack } from './support/stack.ts'

const home = '/m/larkfield'
const dana = 'dana@hadleymoss.example'
test.beforeEach(forgetEntering)

test('signing in by mail: an unknown address gets the same answer, another browser is refused, a link works once', async ({
  page,
  otherBrowser,
}) => {
  const after = await mailsSoFar()
  const answers: string[] = []
  for (const email of ['nobody@hadleymoss.example', dana]) {
    await page.goto(home)
    await page.getByLabel('Email address').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    answers.push((await page.getByRole('main').innerText()).replaceAll(email, '…'))
  }
  expect(answers[0]).toBe(answers[1])
  const link = linkIn(await mailLike({ to: dana, subject: 'Sign in to Larkfield IT', after }), '/sign-in/confirm')
  const since = (await mailsWith('Sign in to Larkfield IT')).filter(({ id }) => Number(id) > after)
  expect(since.filter(({ to }) => !to.includes(dana))).toEqual([])

  const stranger = await otherBrowser()
  await press(stranger, link)
  await expect(stranger.getByText('This link was asked for in another browser.')).toBeVisible()
  await stranger.goto(home)
  await expect(stranger.getByLabel('Email address')).toBeVisible()

  await page.goto(link) // opening alone, as a mail scanner does, signs nobody in
  await page.goto(home)
  await expect(page.getByLabel('Email address')).toBeVisible()
  await press(page, link)
  await expect(page.getByRole('heading', { level: 1, name: /^Good \w+, Dana$/ })).toBeVisible()
  await press(page, link)
  await expect(page.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
})

test('the list shows what belongs to the client, by filter and number, and the address keeps both', async ({
  page,
  context,
}) => {
  await asContact(context, dana)
  await page.goto(home)
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('To pay now')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Invoices' }).click()
  const show = page.getByRole('navigation', { name: 'Show' })
  const list = page.getByRole('table', { name: 'Invoices' })
  await show.getByRole('link', { name: 'Overdue' }).click()
  await expect(show.getByRole('link', { name: 'Overdue' })).toHaveAttribute('aria-current', 'page')
  await expect(list.getByRole('row').filter({ hasText: '20397' })).toContainText(/\d+ days overdue/)
  await expect(list.getByRole('row').filter({ hasNotText: 'overdue' })).toHaveCount(1) // the head
  await show.getByRole('link', { name: 'Paid' }).click()
  await expect(list.getByRole('row').filter({ hasText: '20371' })).toContainText('Paid')

  await page.getByLabel('Invoice number').fill('20288')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page).toHaveURL(/show=paid/)
  await expect(page.getByText('No invoices here')).toBeVisible() // open in part, so not among the paid
  await show.getByRole('link', { name: 'All' }).click()
  await expect(list.getByRole('row')).toHaveCount(2)
  await list.getByRole('link', { name: '20288' }).click()
  await expect(page.getByRole('cell', { name: 'Server, rack and licenses' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Issued')
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/pdf`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
})

test('an invoice paid in the portal leaves a receipt there, with its PDF', async ({ page, context }) => {
  const invoice = await issueAndReceive('Hadley & Moss Architects', await sumNear(41_000))
  await asContact(context, dana)
  await page.goto(`${home}/invoices?number=${invoice.number}`)
  await page.getByRole('table').getByRole('link', { name: invoice.number }).click()
  await page.getByRole('link', { name: `Pay ${invoice.sum}` }).click()
  const pay = new PayPage(page)
  await pay.fillCard('5555 5555 5555 4444')
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Receipts' }).click()
  await page.getByRole('row').filter({ hasText: invoice.number }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: /^Receipt R-[0-9A-F]{8}$/ })).toBeVisible()
  await expect(page.getByText('Mastercard credit, 4444')).toBeVisible()
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/pdf`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
})

test('one press on the home page settles every open invoice: one charge, a row on each in the PSA', async ({
  page,
  context,
}) => {
  const client = 'Tillman Bros'
  const first = await issueAndReceive(client, await sumNear(42_000))
  const second = await issueAndReceive(client, await sumNear(43_000))
  await asContact(context, await payerOf(client))
  await page.goto(home)
  const sum = await page
    .getByRole('region', { name: 'Balance' })
    .getByRole('link', { name: /^Pay \$/ })
    .innerText()
  await page.getByRole('link', { name: sum, exact: true }).click()
  await expect(page.getByText(first.sum).first()).toBeVisible()
  const pay = new PayPage(page)
  await pay.fillCard()
  await page.getByRole('button', { name: `${sum} by card` }).click()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(Math.round(Number(sum.replaceAll(/[^\d.]/g, '')) * 100))).toHaveLength(1)
  for (const { number } of [first, second]) {
    await expect.poll(() => ourPsaPayments(number)).toHaveLength(1)
    await expect.poll(() => openInBooks(number)).toBe(0)
    expect((await psaInvoice(number)).balanceCents).toBe(0)
  }
  await page.goto(home)
  await expect(page.getByText('Everything is paid. Thank you.')).toBeVisible()
})

test('who may only look sees the invoices and no way to pay', async ({ page, context }) => {
  const viewer = (await contacts()).find(({ role, client }) => role === 'viewer' && client === 'Kestrel Freight')
  await asContact(context, viewer?.email ?? '')
  await page.goto(`${home}/pay`)
  await expect(page.getByText('Your role lets you see invoices, not pay them.')).toBeVisible()
  await expect(new PayPage(page).payButton).toHaveCount(0)
  await page.goto(`${home}/invoices?show=open`)
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Pay \$/ })).toHaveCount(0)
})

test('signing out ends the session on the server: its cookie opens nothing any more', async ({
  page,
  context,
  otherBrowser,
}) => {
  await asContact(context, dana)
  await page.goto(home)
  const kept = await context.cookies()
  await page.locator('summary', { hasText: 'Signed in as Dana' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  const thief = await otherBrowser()
  await thief.context().addCookies(kept)
  await thief.goto(`${home}/invoices`)
  await expect(thief.getByLabel('Email address')).toBeVisible()
})

test('a bookkeeper of two clients goes on from one to the other and sees what is that one’s alone, in every window', async ({
  page,
  context,
  complaints,
}) => {
  complaints.allow(answered(404)) // the first client's invoice, looked for at the second
  const near = await sumNear(44_000)
  const email = `sam${near}@ledgerly.example`
  const names = [`Alder Dental ${near}`, `Birch Dental ${near}`]
  for (const name of names) {
    const contact = { firstName: 'Sam', lastName: 'Booker', email }
    await addClient({ name, contact, city: 'Rochester', state: 'NY', zip: '14604' })
  }
  const isKnown = async () => (await contacts()).filter((one) => one.email === email).length
  await expect.poll(isKnown, { timeout: 90_000 }).toBe(2)
  const invoices = new Map<string, string>()
  for (const name of names) invoices.set(name, (await issueAndReceive(name, near)).number)

  const after = await mailsSoFar()
  await page.goto(home)
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  const mail = await mailLike({ to: email, subject: 'Sign in to Larkfield IT', after })
  const [here = '', there = ''] = names.toSorted((name) => (mail.text.includes(name) ? -1 : 1))
  await press(page, linkIn(mail, '/sign-in/confirm'))
  const numbers = page.getByRole('table', { name: 'Invoices' }).getByRole('link')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Invoices' }).click()
  await expect(numbers).toContainText([invoices.get(here) ?? ''])
  await numbers.click()
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible()
  const address = page.url()
  // The company's name by itself: “Switch to” says the other's.
  const companyOf = (of: Page, name: string) => of.getByRole('banner').getByText(name, { exact: true }).first()
  const window = await context.newPage()
  await window.goto(`${home}/people`)
  await expect(companyOf(window, here)).toBeVisible()

  await page.locator('summary', { hasText: 'Signed in as Sam' }).click()
  await page.getByRole('button', { name: `Switch to ${there}` }).click()
  await expect(companyOf(page, there)).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`${home}$`))
  await expect(window).toHaveURL(new RegExp(`${home}$`))
  await expect(companyOf(window, there)).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Invoices' }).click()
  await expect(numbers).toContainText([invoices.get(there) ?? ''])
  await page.goto(address)
  await expect(page.getByText('There is nothing at this address')).toBeVisible()

  await window.setViewportSize({ width: 390, height: 844 })
  await window.locator('summary', { hasText: 'Menu' }).click()
  await window.getByRole('button', { name: `Switch to ${here}` }).click()
  await expect(companyOf(window, here)).toBeAttached()
  await window.locator('summary', { hasText: 'Menu' }).click()
  await expect(window.getByRole('button', { name: `Switch to ${there}` })).toBeVisible()
})

test('a person two MSPs know goes from one to the other’s own door, and back into the session that still stands; who looks on sees neither', async ({
  page,
  context,
}) => {
  const { withTenant, sql, newId } = await product()
  const { owner, web } = stack()
  const boreal = await secondMsp()
  const email = `sacha${newId().slice(-6)}@ledgerly.example`
  for (const tenantId of [owner.tenantId, boreal.tenantId])
    await withTenant(tenantId, (tx) =>
      tx.run(sql`
        insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
        select ${tx.tenantId}, ${newId()}, id, 'Sacha Roy', ${email}, false, 'payer', '', '{}' from clients where tenant_id = ${tx.tenantId} order by id limit 1`),
    )
  const after = await mailsSoFar()
  await page.goto(home)
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await press(
    page,
    linkIn(await mailLike({ to: email, subject: 'Sign in to Larkfield IT', after }), '/sign-in/confirm'),
  )

  await page.locator('summary', { hasText: 'Signed in as Sacha' }).click()
  const others = page.getByRole('list', { name: 'Your other providers' })
  await expect(others.getByRole('link')).toHaveText(['Boréal TI'])
  await others.getByRole('link').click()
  await expect(page).toHaveURL(/\/m\/boreal\/sign-in\?as=/)
  expect(page.url()).not.toContain('sacha')
  await expect(page.getByLabel('Adresse de courriel')).toHaveValue(email)
  await page.getByRole('button', { name: 'Envoyez-moi un lien' }).click()
  const mail = await mailLike({ to: email, subject: 'Connexion à Boréal TI', after })
  await page.goto(linkIn(mail, '/sign-in/confirm'))
  await page.getByRole('button', { name: 'Me connecter' }).click()

  await page.locator('summary', { hasText: 'Connecté : Sacha' }).click()
  const autres = page.getByRole('list', { name: 'Vos autres fournisseurs' })
  await expect(autres.getByRole('link')).toHaveText(['Larkfield IT'])
  await autres.getByRole('link').click()
  await expect(page).toHaveURL(`${web}${home}`) // in at once: that session was not ended by the other
  await page.setViewportSize({ width: 390, height: 844 })
  await page.locator('summary', { hasText: 'Menu' }).click()
  await others.getByRole('link').click()
  await expect(page).toHaveURL(`${web}/m/boreal`)
  await page.locator('summary', { hasText: 'Menu' }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.goto(home)
  await page.locator('summary', { hasText: 'Menu' }).click() // signed out of one, still in at the other
  await expect(others.getByRole('link')).toHaveText(['Boréal TI'])

  await asOwner(context)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/console/clients?q=hadley')
  await page.getByRole('main').getByRole('link', { name: 'Hadley & Moss Architects' }).click()
  await page.getByRole('button', { name: 'View as client' }).click()
  await page.getByRole('dialog').getByLabel('Why').fill('They cannot find an invoice')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^View as/ })
    .click()
  await page.getByRole('complementary', { name: 'View as client' }).waitFor()
  await page.locator('summary', { hasText: 'Signed in as' }).click()
  await expect(page.getByText('Your other providers')).toHaveCount(0)
  await page.goto(`${home}/providers/boreal`)
  await expect(page).toHaveURL(`${web}${home}`)
})

async function press(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function payerOf(client: string): Promise<string> {
  const payer = (await contacts()).find((one) => one.client === client && one.isBilling)
  if (payer === undefined) throw new Error(`Nobody pays for ${client}`)
  return payer.email
}
