import type { Frame } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll, expectTargets } from './pages/accessible.ts'
import { allowSite, embedding, foreignSite, sessionFor } from './pages/foreign-site.ts'
import { payByKeyboard } from './pages/keyboard.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import { chargesOf, sumNear } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'

// Without a mouse, and in the colors the reader's system forces on every page: on a desk and on a phone.

test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } })

const paid = { name: 'Paid. Thank you.' }

async function expectUsable(page: Page, frame: Frame, where: string): Promise<void> {
  expect(await frame.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true)
  await expectNoSidewaysScroll(page, where)
  await expectTargets(frame, where)
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`at ${viewport.width} pixels the mailed link is paid by keyboard alone, in forced colors`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const invoice = await issueAndReceive('Kestrel Freight', await sumNear(33_100))
    const pay = new PayPage(page)
    await pay.open(invoice.payLink)
    await pay.fields.getByLabel('Find your bank').waitFor()
    await expectUsable(page, page.mainFrame(), 'the checkout')
    await payByKeyboard(page, page.mainFrame(), pay)
    await expect(page.getByRole('heading', paid)).toBeVisible()
    await expectUsable(page, page.mainFrame(), 'the outcome')
    await expectAccessible(page, 'the outcome')
    expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  })

  test(`at ${viewport.width} pixels the widget is paid by keyboard alone, in forced colors`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const invoice = await issueAndReceive('Kestrel Freight', await sumNear(33_200))
    const site = await foreignSite()
    await allowSite(site.url)
    const phone = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    site.show(`${phone}${embedding(`session="${await sessionFor(invoice.number)}"`)}`)
    await page.goto(site.url)
    const element = page.locator('closeloop-checkout iframe')
    const place = element.contentFrame()
    const pay = new PayPage(page, place)
    await pay.fields.getByLabel('Find your bank').waitFor()
    const frame = await (await element.elementHandle())?.contentFrame()
    if (frame == null) throw new Error('The widget has no frame')
    await expectUsable(page, frame, 'the widget')
    await page.getByRole('button', { name: 'Before' }).focus()
    await payByKeyboard(page, frame, pay)
    await expect(place.getByRole('heading', paid)).toBeVisible()
    await expectUsable(page, frame, 'the widget’s outcome')
    expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
    await site.close()
  })
}
