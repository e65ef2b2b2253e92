import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import { inventory, scriptsOf, unlisted } from './pages/script-inventory.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

test('the pay page runs the scripts of its inventory and no other; one more is noticed', async ({
  page,
  complaints,
}) => {
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(31_500))
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await pay.fillCard()
  await pay.linkBank()
  const found = await scriptsOf(page)
  expect(unlisted(found)).toEqual([])
  // A line that nothing answers to is out of date.
  expect(inventory.filter(({ is }) => !found.some(is)).map(({ name }) => name)).toEqual([])

  complaints.allow(/skimmer\.js/)
  const skimmer = `${stack().urls.page}/skimmer.js`
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('script'), { src })), skimmer)
  await page.evaluate(() => document.body.append(document.createElement('script')))
  expect(unlisted(await scriptsOf(page))).toEqual([skimmer, 'inline'])
})
