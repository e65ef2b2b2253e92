import { wind } from './pages/clock.ts'
import { openInvoice } from './pages/console.ts'
import { expiredLink, unknownLink } from './pages/dead-links.ts'
import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { deleteInPsa, issueAndReceive, type SentInvoice } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { chargesOf, setStripeFaults, sumNear, theChargeOf } from './pages/stripe.ts'
import { eventually, expect, type Page, test } from './pages/test.ts'

const paidHeading = { name: 'Paid. Thank you.' }
const wayHeading = { name: 'Your payment is on its way' }

/** An invoice of this journey alone, as the client gets it. */
async function anInvoice(near: number, more: object = {}): Promise<SentInvoice> {
  return issueAndReceive('Kestrel Freight', await sumNear(near), more)
}

test('a declined card is told why in plain words, and another way needs no address typed again', async ({ page }) => {
  const invoice = await anInvoice(30_100)
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await page.getByLabel('Email for the receipt').fill('books@kestrelfreight.example')
  await pay.fillCard('4000 0000 0000 9995')
  await pay.pay()

  const refusal = page.getByRole('alert').filter({ hasText: 'Your card was not charged' })
  await expect(refusal).toContainText(/there was not enough credit/i)
  await expect(refusal).toContainText(`Invoice ${invoice.number} is still open`)
  await expect(refusal.getByRole('heading', { name: 'Your card was not charged' })).toBeFocused()
  expect(await chargesOf(invoice.totalCents)).toEqual([])

  await page.getByRole('button', { name: 'Choose: Pay from a bank account' }).click()
  await expect(page.getByLabel('Email for the receipt')).toHaveValue('books@kestrelfreight.example')
  await pay.linkBank()
  await pay.pay()
  await expect(page.getByRole('heading', wayHeading)).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  await mailLike({ to: 'books@kestrelfreight.example', subject: `On its way to Larkfield IT: ${invoice.sum}` })
})

test('the bank’s own check: completed it is paid, failed nothing is charged and another card may follow', async ({
  page,
}) => {
  const [completed, failed] = [await anInvoice(30_200), await anInvoice(30_300)]
  const pay = new PayPage(page)
  await pay.open(completed.payLink)
  await pay.fillCard('4000 0027 6000 3184')
  await pay.pay()
  await pay.challenge.getByText(completed.sum).waitFor()
  await pay.challenge.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  expect((await theChargeOf(completed.totalCents)).status).toBe('succeeded')

  await pay.open(failed.payLink)
  await pay.fillCard('4000 0027 6000 3184')
  await pay.pay()
  await pay.challenge.getByRole('button', { name: 'Fail authentication' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'the bank’s check was not completed' })).toBeVisible()
  expect(await chargesOf(failed.totalCents)).toEqual([])
  await page.getByRole('button', { name: 'Choose: Use another card' }).click()
  await pay.fillCard()
  await pay.pay()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  expect(await chargesOf(failed.totalCents)).toHaveLength(1)
})

test('a check that was left half-way is taken up again by the same link, and charges once', async ({ page }) => {
  const invoice = await anInvoice(30_400)
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await pay.fillCard('4000 0027 6000 3184')
  await pay.pay()
  await pay.challenge.getByRole('button', { name: 'Complete authentication' }).waitFor()

  await pay.open(invoice.payLink)
  await expect(page.getByRole('heading', { name: 'One more step at your bank' })).toBeVisible()
  await expect(pay.payButton).toHaveCount(0)
  await page.getByRole('button', { name: 'Continue with the bank’s check' }).click()
  await pay.challenge.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('a double click charges once', async ({ page }) => {
  const invoice = await anInvoice(30_500)
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await pay.fillCard()
  await pay.payButton.dblclick()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('two tabs in the same instant charge once, and both show what became of it', async ({ page, context }) => {
  const invoice = await anInvoice(30_600)
  const tabs = [new PayPage(page), new PayPage(await context.newPage())]
  for (const tab of tabs) {
    await tab.open(invoice.payLink)
    await tab.fillCard()
  }
  await Promise.all(tabs.map((tab) => tab.pay()))
  for (const tab of tabs) await expect(tab.page.getByRole('heading', paidHeading)).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('reload and the back button end at the outcome, and charge once', async ({ page }) => {
  const invoice = await anInvoice(30_700)
  const pay = new PayPage(page)
  await pay.payByCard(invoice.payLink)
  await page.reload()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  await page.goto('about:blank')
  await page.goBack()
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  await expect(pay.payButton).toHaveCount(0)
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('scanners that fetch the link change nothing: not viewed, no fee, not used up', async ({
  page,
  request,
  context,
}) => {
  const invoice = await anInvoice(30_800)
  for (let time = 0; time < 3; time += 1) {
    expect((await request.head(invoice.payLink)).status()).toBe(200)
    expect(await (await request.get(invoice.payLink)).text()).toContain(invoice.sum)
  }
  await asOwner(context)
  await openInvoice(page, invoice.number)
  await expect(page.getByText(/^.+, not yet$/)).toBeVisible() // sent, viewed
  await expect(page.getByText('The pay link was opened.')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'What it owes' })).toContainText(`Open${invoice.sum}`)

  const reader = await context.newPage()
  await new PayPage(reader).open(invoice.payLink)
  await expect(reader.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
  await eventually(page, async () => expect(page.getByText('The pay link was opened.')).toBeVisible({ timeout: 500 }))
})

test('an expired link is a page, which sends a new one to the address on file and to no other', async ({ page }) => {
  const invoice = await anInvoice(30_900)
  await page.goto(await expiredLink(invoice.number))
  await expect(page.getByRole('heading', { level: 1, name: 'This link has expired' })).toBeVisible()
  await expect(page.getByText(invoice.sum)).toHaveCount(0)
  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Send a new link' }).click()
  await expect(page.getByText('A new link is on its way')).toBeVisible()
  const mail = await mailLike({ to: invoice.to, subject: `Invoice ${invoice.number} `, after })
  await page.goto(linkIn(mail, '/pay/'))
  await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
})

test('links to a paid, a void and an unknown invoice say so and offer nothing to pay', async ({ page }) => {
  const pay = new PayPage(page)
  const paid = await anInvoice(31_000)
  await pay.payByCard(paid.payLink)
  await pay.open(paid.payLink)
  await expect(page.getByRole('heading', paidHeading)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Receipt PDF' })).toBeVisible()

  const canceled = await anInvoice(31_100)
  await deleteInPsa(canceled.id)
  await pay.open(canceled.payLink)
  const heading = page.getByRole('heading', { level: 1, name: `Invoice ${canceled.number} is void` })
  await eventually(page, async () => expect(heading).toBeVisible({ timeout: 500 }))
  await expect(pay.payButton).toHaveCount(0)

  await pay.open(unknownLink())
  await expect(page.getByRole('heading', { level: 1, name: 'This link does not work' })).toBeVisible()
  await expect(pay.payButton).toHaveCount(0)
})

test.describe('when Stripe cannot be reached', () => {
  test.afterEach(() => setStripeFaults())

  test('a refusal at its door is certain: nothing is charged, and the next press is', async ({ page }) => {
    const invoice = await anInvoice(31_200)
    const pay = new PayPage(page)
    await pay.open(invoice.payLink)
    await pay.fillCard()
    await setStripeFaults([{ kind: 'rate-limit', match: 'POST /v1/payment_intents' }])
    await pay.pay()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible()
    expect(await chargesOf(invoice.totalCents)).toEqual([])
    await setStripeFaults()
    await pay.pay()
    await expect(page.getByRole('heading', paidHeading)).toBeVisible()
    expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  })

  test('an answer that was lost is asked for: no “try again”, and charged once', async ({ page }) => {
    const invoice = await anInvoice(31_300)
    const pay = new PayPage(page)
    await pay.open(invoice.payLink)
    await pay.fillCard()
    await setStripeFaults([{ kind: 'reset-after', match: 'POST /v1/payment_intents' }], 'lost')
    await pay.pay()
    await expect(page.getByRole('heading', { name: 'We are checking your payment' })).toBeVisible()
    await expect(pay.payButton).toHaveCount(0)
    await expect(page.getByRole('button', { name: /again/i })).toHaveCount(0)
    await setStripeFaults()
    await wind({ hours: 1 / 40 }) // what waits is asked for every minute
    await expect(page.getByRole('heading', paidHeading)).toBeVisible()
    expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  })

  test('a blocked script leaves the invoice, the reason and the other ways to pay', async ({ page, complaints }) => {
    complaints.allow(/ERR_FAILED|net::ERR/)
    const invoice = await anInvoice(31_400)
    await page.route('**/stripe.js', (route) => route.abort())
    await page.goto(invoice.payLink)
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
    await page.getByText('Pay by check or wire', { exact: true }).click()
    await expect(page.getByText('Make checks payable to Larkfield IT, Inc.')).toBeVisible()
  })
})

test('without scripts the invoice, its lines and how else to pay can be read', async ({ otherBrowser }) => {
  const invoice = await anInvoice(31_500)
  const page = await otherBrowser({ javaScriptEnabled: false })
  await page.goto(invoice.payLink)
  await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
  await expect(page.getByText('Remote support', { exact: true })).toBeVisible()
  const said = page.locator('noscript')
  await expect(said).toBeVisible()
  await expect(said).toContainText('Card and bank fields need JavaScript', { useInnerText: true })
  await page.getByRole('button', { name: `Pay ${invoice.sum} from bank` }).click()
  await expect(page.getByText('Make checks payable to Larkfield IT, Inc.')).toBeVisible()
  await expect(page.getByText(`Write invoice ${invoice.number} on the payment.`)).toBeVisible()
})

test('at 390 pixels nothing scrolls sideways, with either form open and after a refusal', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const invoice = await anInvoice(31_700)
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await pay.linkBank()
  await expectNoSidewaysScroll(page)
  await pay.fillCard('4000 0000 0000 0002')
  await expectNoSidewaysScroll(page)
  await pay.pay()
  await expect(page.getByRole('alert').filter({ hasText: 'Your card was not charged' })).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test('the secret of the link is told to nobody: no address, no referrer, no other origin', async ({ page }) => {
  const invoice = await anInvoice(31_800)
  const token = invoice.payLink.split('/').at(-1) ?? ''
  const home = new URL(invoice.payLink).origin
  const leaks: string[] = []
  let requestCount = 0
  page.on('request', (request) => {
    requestCount += 1
    const { origin } = new URL(request.url())
    if (request.headers().referer?.includes(token)) leaks.push(`referrer to ${request.url()}`)
    if (origin !== home && request.url().includes(token)) leaks.push(`address ${request.url()}`)
  })
  await new PayPage(page).payByCard(invoice.payLink)
  await page.getByRole('link', { name: 'Français' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Merci')
  expect(requestCount).toBeGreaterThan(10)
  expect(leaks).toEqual([])
})

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over).toBeLessThanOrEqual(0)
}
