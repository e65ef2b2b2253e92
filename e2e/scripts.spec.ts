import type { Frame } from '@playwright/test'
import { allowSite, embedding, foreignSite, sessionFor } from './pages/foreign-site.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import {
  type Listed,
  payPageInventory,
  scriptsOf,
  unfound,
  unlisted,
  widgetInventory,
} from './pages/script-inventory.ts'
import { asOwner } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

/** Every script is on the list and every line of the list is in use; then two more come in, and both are noticed. */
async function expectInventory(place: Page | Frame, inventory: Listed[]): Promise<void> {
  const found = await scriptsOf(place)
  expect(unlisted(found, inventory)).toEqual([])
  expect(unfound(found, inventory)).toEqual([])
  const skimmer = `${stack().urls.page}/skimmer.js`
  await place.evaluate((src) => document.body.append(Object.assign(document.createElement('script'), { src })), skimmer)
  await place.evaluate(() => document.body.append(document.createElement('script')))
  expect(unlisted(await scriptsOf(place), inventory)).toEqual([skimmer, 'inline'])
}

test('the pay page runs the scripts of its inventory and no other; one more is noticed', async ({
  page,
  complaints,
}) => {
  complaints.allow(/skimmer\.js/)
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(31_500))
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await pay.fillCard()
  await pay.linkBank()
  await expectInventory(page, payPageInventory)
})

test('the widget’s frame runs the scripts of its own inventory and no other', async ({ page, complaints }) => {
  complaints.allow(/skimmer\.js/)
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(31_600))
  const site = await foreignSite()
  await allowSite(site.url)
  site.show(embedding(`session="${await sessionFor(invoice.number)}"`))
  await page.goto(site.url)
  const element = page.locator('closeloop-checkout iframe')
  const pay = new PayPage(page, element.contentFrame())
  await pay.fillCard()
  await pay.linkBank()
  const frame = await (await element.elementHandle())?.contentFrame()
  if (frame == null) throw new Error('The widget has no frame')
  await expectInventory(frame, widgetInventory)
  await site.close()
})

test('in the console no string becomes a script or markup, and its own chunks load on', async ({
  page,
  complaints,
}) => {
  await asOwner(page.context())
  await page.goto('/console')
  await page.getByRole('link', { name: 'Payments' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()

  complaints.allow(/trusted-types/i, /Trusted(HTML|Script)/)
  const refused = await page.evaluate((skimmer) => {
    const script = document.createElement('script')
    const sinks: Record<string, () => void> = {
      markup: () => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="void 0">'),
      address: () => {
        script.src = skimmer
      },
      'address as attribute': () => script.setAttribute('src', skimmer),
      text: () => {
        script.text = 'void 0'
      },
      frame: () => {
        document.createElement('iframe').srcdoc = '<p>'
      },
      'another policy': () => {
        const { trustedTypes } = window as unknown as { trustedTypes: { createPolicy: (...of: unknown[]) => void } }
        trustedTypes.createPolicy('mine', { createHTML: (text: string) => text })
      },
    }
    return Object.entries(sinks).flatMap(([name, act]) => {
      try {
        act()
        return []
      } catch {
        return [name]
      }
    })
  }, `${stack().urls.page}/skimmer.js`)
  expect(refused).toEqual(['markup', 'address', 'address as attribute', 'text', 'frame', 'another policy'])
})
