import type { FrameLocator } from '@playwright/test'
import { allowSite, embedding, foreignSite, sessionFor } from './pages/foreign-site.ts'
import { mailLike } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { drawnIn, sharesOf } from './pages/pdf.ts'
import { product } from './pages/product.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asContact, asOwner } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

const settings = '/console/settings/brand'
/** Too light to carry white text, or to be text. */
const poor = '#8FD14F'
const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 28"><rect width="56" height="28" fill="#5b2c83"/></svg>'

let before: { name: string; brand: string } | undefined
test.beforeAll(async () => {
  const { withTenant, sql } = await product()
  before = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row(sql`select name, brand::text as brand from tenants where id = ${tx.tenantId}`),
  )
})
test.afterAll(async () => {
  const { withTenant, sql } = await product()
  if (before === undefined) return
  const { name, brand } = before
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(
      sql`update tenants set name = ${name}, brand = ${brand}::jsonb, brand_draft = null where id = ${tx.tenantId}`,
    ),
  )
})

/** The tenant's color as the page or frame has it, whatever theme it is in: `#5b2c83`. */
async function colorOf(place: Page | FrameLocator, token = 'brand'): Promise<string> {
  return place.locator('body').evaluate((body, name) => {
    const probe = body.appendChild(document.createElement('i'))
    probe.style.color = `var(--${name})`
    const channels = getComputedStyle(probe).color.match(/\d+/g) ?? []
    probe.remove()
    return `#${channels.map((one) => Number(one).toString(16).padStart(2, '0')).join('')}`
  }, token)
}

const logoIn = (place: Page | FrameLocator) => place.locator('img[src*="/logo/"]').first()

async function expectLogo(place: Page | FrameLocator): Promise<void> {
  await expect
    .poll(() => logoIn(place).evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)
}

const previewedPdf = async (page: Page) => (await page.request.get('/brand-preview/pdf?theme=light')).body()
const publish = (page: Page) => page.getByRole('button', { name: 'Publish brand' }).click()

test('a brand that does not read is refused with the nearest that does; then clients see it everywhere, from the first paint', async ({
  page,
  otherBrowser,
  complaints,
}) => {
  // The mail's preview lets no script run, not even one with which a journey listens.
  complaints.allow(/Blocked script execution in '[^']+\/brand-preview\/email/)
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(34_100))
  const client = await otherBrowser()
  await client.goto(invoice.payLink)
  const old = await colorOf(client)

  await asOwner(page.context())
  await page.goto(settings)
  await page.getByRole('textbox', { name: 'Page tint', exact: true }).fill('#9A9A9A')
  await publish(page)
  await expect(page.getByText('Not published. The page tint is too dark')).toBeVisible()
  await expect(page.getByText('Too dark: gray text would not read on it', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Use #/ }).click()
  const color = page.getByRole('textbox', { name: 'Brand color', exact: true })
  await color.fill(poor)
  const offer = page.getByRole('button', { name: /^Use #[0-9A-F]{6}$/ })
  const used = (await offer.innerText()).slice(4).trim().toLowerCase()
  await expect(page.getByText('too little').first()).toBeAttached()
  await offer.click()
  await expect(color).toHaveValue(new RegExp(used, 'i'))
  await expect(page.getByText('6 of 6 pass')).toBeVisible()
  await expect.poll(async () => drawnIn(await previewedPdf(page)).includes(`${sharesOf(used)} scn`)).toBe(true)
  await page.getByLabel('Upload a logo').setInputFiles({
    ...{ name: 'mark.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(mark) },
  })
  await expect(page.getByText('The logo shows the name')).toBeVisible()

  for (const surface of ['Pay page', 'Portal', 'Widget']) {
    await page.getByRole('button', { name: surface, exact: true }).click()
    const preview = page.frameLocator(`iframe[title="Preview: ${surface}"]`)
    await expect.poll(() => colorOf(preview)).toBe(used)
    if (surface !== 'Widget') await expectLogo(preview) // which stands on the MSP's own site
  }
  await page.getByRole('button', { name: 'Email', exact: true }).click()
  await expectLogo(page.frameLocator('iframe[title="Preview: Email"]'))
  expect((await previewedPdf(page)).toString('latin1')).toContain('/Subtype /Image')
  await client.reload()
  expect(await colorOf(client)).toBe(old)

  await publish(page)
  await expect(page.getByText('Published. Clients see it from now on.')).toBeVisible()
  await expectEverywhere(used, client, otherBrowser)
})

/** What a client gets after it was published: mail, pay page with Stripe's fields, PDF, portal, widget. */
async function expectEverywhere(
  used: string,
  client: Page,
  otherBrowser: (options?: { javaScriptEnabled: boolean }) => Promise<Page>,
): Promise<void> {
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(34_200))
  const mail = await mailLike({ subject: `Invoice ${invoice.number} ` })
  expect(mail.html.toLowerCase()).toContain(used)
  expect(mail.html).toContain('cid:')

  // Without scripts there is nothing that could put it right later.
  const still = await otherBrowser({ javaScriptEnabled: false })
  await still.goto(invoice.payLink)
  await expectLogo(still)
  const button = still.getByRole('button', { name: `Pay ${invoice.sum} from bank` })
  await expect(button).toHaveCSS('background-color', rgbOf(used))

  await client.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    const look = () => {
      const surface = document.querySelector('[data-surface="client"]')
      if (surface !== null) seen.add(getComputedStyle(surface).getPropertyValue('--brand'))
      requestAnimationFrame(look)
    }
    look()
  })
  const pay = new PayPage(client)
  await pay.open(invoice.payLink)
  await expect(pay.fields.getByLabel('Find your bank')).toBeVisible()
  await expect(pay.payButton).toHaveCSS('background-color', rgbOf(used))
  expect(await client.evaluate(() => (window as unknown as { seen: Set<string> }).seen.size)).toBe(1)
  await expect
    .poll(() =>
      pay.fields.locator('html').evaluate((root) => getComputedStyle(root).getPropertyValue('--colorPrimary')),
    )
    .toBe(rgbOf(await colorOf(client, 'brand-text')))
  const sheet = await (await client.request.get(`${invoice.payLink}/pdf`)).body()
  expect(sheet.toString('latin1')).toContain('/Subtype /Image')

  await asContact(client.context(), 'dana@hadleymoss.example')
  await client.goto('/m/larkfield')
  expect(await colorOf(client)).toBe(used)
  await expectLogo(client)

  const site = await foreignSite()
  await allowSite(site.url)
  site.show(embedding(`session="${await sessionFor(invoice.number)}"`))
  await client.goto(site.url)
  const widget = new PayPage(client, client.locator('closeloop-checkout iframe').contentFrame())
  await expect(widget.payButton).toHaveCSS('background-color', rgbOf(used))
  await site.close()
}

function rgbOf(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`
}
