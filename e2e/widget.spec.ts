import type { FrameLocator } from '@playwright/test'
import { windBankingDays } from './pages/clock.ts'
import {
  allowSite,
  askFrame,
  embedding,
  type ForeignSite,
  foreignSite,
  savingSessionFor,
  sessionFor,
} from './pages/foreign-site.ts'
import { dollars } from './pages/money.ts'
import { allowPartPayments } from './pages/part-payments.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive, type SentInvoice } from './pages/psa.ts'
import { chargesOf, sumNear, theChargeOf } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

// The product is at localhost, the sites that embed it at 127.0.0.1: to the browser, two sites that share nothing.

let site: ForeignSite
test.beforeAll(async () => {
  site = await foreignSite()
  await allowSite(site.url)
})
test.afterAll(async () => site.close())

/** As in a browser that keeps all storage from frames of other sites: what reaches for it throws. */
test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    if (!location.pathname.startsWith('/embed/')) return
    const refuse = () => {
      throw new DOMException('Storage is blocked', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get: refuse })
    Object.defineProperty(document, 'cookie', { get: refuse, set: refuse })
  })
})

const anInvoice = async (near: number): Promise<SentInvoice> => issueAndReceive('Kestrel Freight', await sumNear(near))

const widgetIn = (page: Page): FrameLocator => page.locator('closeloop-checkout iframe').contentFrame()

/** While the frame takes its height, the browser may give a press in it to the page around: whoever sees it move waits. */
async function standsStill(page: Page, pay: PayPage): Promise<void> {
  await expect(pay.payButton).toBeEnabled()
  const fields = pay.fields.owner()
  await fields.scrollIntoViewIfNeeded()
  const room = () => fields.evaluate((frame) => frame.clientHeight)
  const need = () => pay.fields.locator('body').evaluate((all) => Math.ceil(all.getBoundingClientRect().height))
  // The fields' frame first: what is out of sight is not drawn, and says its height late.
  await expect.poll(async () => (await room()) - (await need())).toBe(0)
  const height = () => page.locator('closeloop-checkout iframe').evaluate((frame) => frame.clientHeight)
  const change = async () => {
    const before = await height()
    await page.waitForTimeout(500)
    return (await height()) - before
  }
  await expect.poll(change).toBe(0)
}

type Heard = { type: string; payment?: string; because?: string }
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard)
const heardTypes = async (page: Page) => (await heard(page)).map(({ type }) => type)

async function embed(page: Page, attributes: string, more?: string): Promise<FrameLocator> {
  site.show(embedding(attributes, more))
  await page.goto(site.url)
  return widgetIn(page)
}

test('a card pays inside the frame, without a cookie, and the page around hears of it', async ({ page, context }) => {
  const invoice = await anInvoice(31_100)
  const frame = await embed(page, `session="${await sessionFor(invoice.number)}"`)
  const pay = new PayPage(page, frame)
  await expect(frame.getByRole('heading', { name: 'Kestrel Freight' })).toBeVisible()
  await pay.fillCard()
  await pay.pay()
  await expect(frame.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  expect(await heardTypes(page)).toEqual(['ready', 'paid'])
  expect((await context.cookies()).filter(({ domain }) => domain === 'localhost')).toEqual([])
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    frame.getByRole('link', { name: 'Receipt PDF' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('receipt.pdf')
})

test('the bank’s check works inside the frame; a decline is told', async ({ page }) => {
  const [first, second] = [await anInvoice(31_200), await anInvoice(31_300)]
  const frame = await embed(page, `session="${await sessionFor(first.number, second.number)}"`)
  const pay = new PayPage(page, frame)
  await expect(frame.getByText('2 open invoices')).toBeVisible()
  await standsStill(page, pay)
  // The whole name is the target.
  await frame.getByText(`Invoice ${second.number}`).click()
  await expect(frame.getByRole('checkbox', { name: second.number })).not.toBeChecked()
  await expect(frame.getByRole('button', { name: `Pay ${first.sum} from bank` })).toBeVisible()
  await pay.fillCard('4000 0000 0000 0002')
  await pay.pay()
  await expect(frame.getByRole('alert').filter({ hasText: 'Your card was not charged' })).toBeVisible()
  await pay.fillCard('4000 0027 6000 3184')
  await pay.pay()
  await pay.challenge.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(frame.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await heardTypes(page)).toEqual(['ready', 'failed', 'paid'])
})

test('of several invoices one is left out and one paid in part, with a reason; what stays open is offered next', async ({
  page,
}) => {
  await allowPartPayments(page)
  const [first, second] = [await anInvoice(31_800), await anInvoice(31_900)]
  const frame = await embed(page, `session="${await sessionFor(first.number, second.number)}"`)
  const pay = new PayPage(page, frame)
  // What is chosen needs no answer from us: nothing is asked before “Pay”.
  await expect(frame.getByText('2 of 2 chosen')).toBeVisible()
  await standsStill(page, pay)
  await page.route('**/open?*', (route) => route.abort())
  await frame.getByRole('checkbox', { name: second.number }).uncheck()
  await frame.getByRole('textbox', { name: `Amount to pay on invoice ${first.number}` }).fill('100')
  await pay.fillCard()
  await frame.getByRole('button', { name: 'Pay $100.00 by card' }).press('Enter')
  await expect(frame.getByText('Choose a reason; with another reason, say which.')).toBeVisible()
  await frame.getByRole('combobox', { name: `Why less than ${first.sum}?` }).selectOption('Work not finished')
  await page.unroute('**/open?*')
  const before = (await chargesOf(10_000)).length
  await frame.getByRole('button', { name: 'Pay $100.00 by card' }).press('Enter')
  await expect(frame.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(10_000)).toHaveLength(before + 1)
  const rest = dollars(first.totalCents - 10_000 + second.totalCents)
  await expect(frame.getByText(`${rest} is still open on 2 invoices.`)).toBeVisible()
  await frame.getByRole('button', { name: 'Pay the rest' }).click()
  await expect(frame.getByRole('button', { name: `Pay ${rest} from bank` })).toBeVisible()
})

test('a session may save a card in the full page, with its authorization, and the frame behind says so; nothing is charged, and nothing can be paid', async ({
  page,
  context,
}) => {
  const token = await savingSessionFor('Orchard Street Legal')
  const frame = await embed(page, `session="${token}"`)
  await expect(frame.getByText('Orchard Street Legal', { exact: true })).toBeVisible()
  const [whole] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('button', { name: 'Open full page' }).press('Enter'),
  ])
  const pay = new PayPage(whole)
  await pay.fillCard()
  const save = whole.getByRole('button', { name: 'Save this card' })
  await save.click()
  await expect(whole.getByText(/^Without this authorization/)).toBeVisible()
  await whole.getByRole('checkbox', { name: 'I may act for this card' }).check()
  await save.click()
  await expect(whole.getByText(/4242 is saved\. Nothing was charged\./)).toBeVisible()
  await expect(frame.getByText(/4242 is saved\. Nothing was charged\./)).toBeVisible()
  expect(await heardTypes(page)).toEqual(['ready', 'saved'])
  const order = { orderKey: crypto.randomUUID(), receiptEmail: '', shown: [], creditMinor: '0', keptMinor: '0' }
  const refused = await askFrame('pay', { ...order, confirmationTokenId: 'ctoken_x' }, { token })
  expect(JSON.parse(refused.body)).toMatchObject({ ok: false })
})

test('a bank debit works inside the frame, and is told as on its way', async ({ page }) => {
  const invoice = await anInvoice(31_350)
  const frame = await embed(page, `session="${await sessionFor(invoice.number)}"`)
  const pay = new PayPage(page, frame)
  await pay.linkBank()
  await pay.pay()
  await expect(frame.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
  expect(await heardTypes(page)).toEqual(['ready', 'processing'])
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('an account typed by number is confirmed in a later session of the same invoice, and what else is open can be paid beside it', async ({
  page,
}) => {
  const [typed, other] = [await anInvoice(31_360), await anInvoice(31_370)]
  const frame = await embed(page, `session="${await sessionFor(typed.number)}"`)
  const pay = new PayPage(page, frame)
  await pay.typeBankNumbers()
  await pay.pay()
  await expect(frame.getByRole('heading', { name: 'Confirm your bank account' })).toBeVisible()
  expect(await chargesOf(typed.totalCents)).toEqual([])

  await windBankingDays(2)
  const later = await embed(page, `session="${await sessionFor(typed.number, other.number)}"`)
  const code = later.getByLabel('Code from the statement')
  const confirm = later.getByRole('button', { name: 'Confirm the account' })
  await later.getByRole('button', { name: 'Pay the rest' }).press('Enter')
  await expect(later.getByRole('button', { name: `Pay ${other.sum} from bank` })).toBeVisible()
  await page.reload()
  await code.fill('SM99ZZ')
  await confirm.press('Enter')
  await expect(later.getByText('That does not match.')).toBeVisible()
  await code.fill('SM11AA')
  await confirm.press('Enter')
  await expect(later.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
  expect((await theChargeOf(typed.totalCents)).status).toBe('pending')
})

test('an account saved by number is confirmed in a later session that may save, beside the form for another', async ({
  page,
}) => {
  const client = 'Orchard Street Legal'
  const frame = await embed(page, `session="${await savingSessionFor(client)}"`)
  const pay = new PayPage(page, frame)
  await pay.typeBankNumbers()
  await frame.getByRole('radio', { name: 'A business' }).check()
  await frame.getByRole('checkbox', { name: /^I may/ }).check()
  await frame.getByRole('button', { name: 'Save this account' }).press('Enter')
  await expect(frame.getByText(/small deposits to the account/)).toBeVisible()
  await expect(frame.getByRole('heading', { name: 'Confirm your bank account' })).toBeVisible()

  await windBankingDays(2)
  const later = await embed(page, `session="${await savingSessionFor(client)}"`)
  await expect(later.getByRole('button', { name: /^Save this/ })).toBeVisible()
  await later.getByLabel('Code from the statement').fill('SM11AA')
  await later.getByRole('button', { name: 'Confirm the account' }).press('Enter')
  await expect(later.getByText('The account is saved.')).toBeVisible()
  await expect(later.getByRole('heading', { name: 'Confirm your bank account' })).toHaveCount(0)
  expect(await heardTypes(page)).toEqual(['ready', 'saved'])
})

test('an invoice is found by its number and amount; a wrong one is not told apart from none', async ({ page }) => {
  const invoice = await anInvoice(31_400)
  const frame = await embed(page, `invoice="${invoice.number}"`)
  await expect(frame.getByLabel('Invoice number')).toHaveValue(invoice.number)
  await frame.getByRole('button', { name: 'Find invoice' }).click()
  await expect(frame.getByLabel('Invoice amount')).toBeFocused()
  await frame.getByLabel('Invoice amount').fill('1.00')
  await frame.getByRole('button', { name: 'Find invoice' }).click()
  await expect(frame.getByRole('alert')).toContainText('We found no open invoice')
  await frame.getByLabel('Invoice amount').fill(dollars(invoice.totalCents))
  await frame.getByRole('button', { name: 'Find invoice' }).click()
  await expect(frame.getByRole('heading', { name: 'Kestrel Freight' })).toBeFocused()
})

test('guesses over the wire get one answer and then have to wait; from elsewhere the right one gets in', async () => {
  const invoice = await anInvoice(31_700)
  const right = { number: invoice.number, amount: dollars(invoice.totalCents), postalCode: '' }
  const guess = (at: number) => ({ ...right, ...(at % 2 === 0 ? { amount: `${at}.01` } : { number: `no-${at}` }) })
  const answers = []
  for (let at = 0; at < 40; at += 1) answers.push(await askFrame('look-up', guess(at), { from: '127.0.0.66' }))
  const tried = answers.filter(({ status }) => status === 200)
  expect(tried).toHaveLength(10)
  expect(new Set(tried.map(({ body }) => body)).size).toBe(1)
  expect(answers.slice(10).every(({ status }) => status === 429)).toBe(true)
  // What the sender writes about itself changes nothing.
  const spoofed = { from: '127.0.0.66', headers: { 'x-forwarded-for': '203.0.113.7' } }
  expect((await askFrame('look-up', right, spoofed)).status).toBe(429)
  expect(JSON.parse((await askFrame('look-up', right, { from: '127.0.0.67' })).body)).toMatchObject({ ok: true })
})

test('a session reaches nothing beyond it, and no other site can ask with it', async () => {
  const [own, other] = [await anInvoice(31_800), await anInvoice(31_900)]
  const [token, foreign] = [await sessionFor(own.number), await sessionFor(other.number)]
  const opened = await askFrame('open', {}, { token })
  expect(opened.body).toContain(own.number)
  expect(opened.body).not.toContain(other.number)
  const otherId = /"invoiceId":"([^"]+)"/.exec((await askFrame('open', {}, { token: foreign })).body)?.[1] ?? ''
  const order = {
    orderKey: crypto.randomUUID(),
    confirmationTokenId: 'ctoken_madeup',
    receiptEmail: 'thief@example.com',
    shown: [{ invoiceId: otherId, owed: String(other.totalCents), minor: String(other.totalCents) }],
    creditMinor: '0',
    keptMinor: '0',
  }
  expect((await askFrame('pay', order, { token })).status).toBe(404)
  for (const what of ['refresh', 'resume', 'receipt'])
    expect((await askFrame(what, { attemptId: crypto.randomUUID() }, { token })).status).toBe(404)
  expect((await askFrame('open', {}, { token: `checkout_${'A'.repeat(43)}` })).status).toBe(401)
  for (const sender of ['cross-site', 'same-site', 'none', ''])
    expect((await askFrame('open', {}, { token, headers: { 'sec-fetch-site': sender } })).status).toBe(403)
  expect(await chargesOf(other.totalCents)).toEqual([])
})

test('a site that is not on the list shows its link instead, and the frame stays empty', async ({
  page,
  complaints,
}) => {
  complaints.allow(/frame-ancestors/, /Refused to frame/, /violates the following/)
  const stranger = await foreignSite()
  stranger.show(embedding(''))
  await page.goto(stranger.url)
  await expect(page.getByRole('link', { name: 'Pay your bill' })).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('closeloop-checkout iframe')).toBeHidden()
  expect(await heard(page)).toEqual([])
  await stranger.close()
})

test('only the sites on the list are named, whatever the address says', async () => {
  const policyFor = async (query: string) => {
    const answer = await fetch(`${stack().web}/embed/larkfield${query}`)
    return /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
  }
  const listed = await policyFor('')
  expect(listed?.split(' ')).toContain(site.url)
  expect(listed).not.toMatch(/\*|'self'|null/)
  for (const query of ['?on=https://evil.example', '?on=null', `?on=${site.url}%20*`])
    expect(await policyFor(query)).toBe(listed)
})

test('where nothing can be loaded, the link in the element is what there is', async ({ page, complaints }) => {
  complaints.allow(/ERR_/, /Failed to load/)
  await page.route('**/embed/v1.js', (route) => route.abort())
  await embed(page, '')
  const link = page.getByRole('link', { name: 'Pay your bill' })
  await expect(link).toBeVisible()
  await link.click()
  await expect(page.getByRole('heading', { name: 'Find your invoice' })).toBeVisible()
})

test('a frame whose own script fails gives way to the link', async ({ page, complaints }) => {
  complaints.allow(/ERR_/, /Failed to load/)
  await page.route('**/embed/frame-*.js', (route) => route.abort())
  await embed(page, '')
  await expect(page.getByRole('link', { name: 'Pay your bill' })).toBeVisible({ timeout: 20_000 })
})

test('the keyboard goes into the frame and out of it again', async ({ page }) => {
  const frame = await embed(page, '')
  await expect(frame.getByLabel('Invoice number')).toBeVisible()
  await page.getByRole('button', { name: 'Before' }).focus()
  await page.keyboard.press('Tab')
  for (const name of ['Invoice number', 'Invoice amount', 'or postal code']) {
    await expect(frame.getByLabel(name)).toBeFocused()
    await page.keyboard.press('Tab')
  }
  await expect(frame.getByRole('button', { name: 'Find invoice' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'After' })).toBeFocused()
})

test('as a dialog it opens over the page, keeps the focus, and gives it back', async ({ page }) => {
  const frame = await embed(page, 'mode="dialog"')
  const opener = page.getByRole('link', { name: 'Pay your bill' })
  await opener.press('Enter')
  await expect(frame.getByRole('heading', { name: 'Find your invoice' })).toBeVisible()
  await frame.getByLabel('Invoice number').press('Escape')
  await expect(frame.getByRole('heading', { name: 'Find your invoice' })).toBeHidden()
  await expect(opener).toBeFocused()

  await opener.click()
  await expect(frame.getByRole('heading', { name: 'Find your invoice' })).toBeVisible()
  await page.evaluate(() => {
    document
      .querySelector('closeloop-checkout')
      ?.addEventListener('closed', (event) => event.preventDefault(), { once: true })
  })
  await frame.getByRole('button', { name: 'Close' }).click()
  await expect.poll(async () => (await heardTypes(page)).filter((type) => type === 'closed')).toHaveLength(2)
  await expect(frame.getByRole('heading', { name: 'Find your invoice' })).toBeVisible()
  await frame.getByRole('button', { name: 'Close' }).click()
  await expect(frame.getByRole('heading', { name: 'Find your invoice' })).toBeHidden()
})

test('no message of anybody else’s moves the frame or the page around it', async ({ page }) => {
  const invoice = await anInvoice(31_500)
  // A frame of the same site beside the widget, which shouts at everything it can reach.
  const sibling = `<iframe id="sibling" srcdoc="<script>
    shout = (data) => { for (const one of [parent, ...Array.from(parent.frames)]) try { one.postMessage(data, '*') } catch {} }
  </script>"></iframe>`
  const frame = await embed(page, `session="${await sessionFor(invoice.number)}"`, sibling)
  const pay = new PayPage(page, frame)
  await expect(pay.fields.getByLabel('Full name')).toBeVisible()
  await expect(frame.getByText('Loading the secure fields')).toBeHidden()
  await standsStill(page, pay)
  const place = page.locator('closeloop-checkout iframe')
  const address = await place.getAttribute('src')
  const nonce = address?.split('#')[1] ?? ''
  const before = await frame.locator('main').innerText()
  const heightBefore = await place.evaluate((element) => element.clientHeight)

  await page.evaluate(
    async ({ right, home }) => {
      const widget = document.querySelector('closeloop-checkout')?.shadowRoot?.querySelector('iframe')?.contentWindow
      const { contentWindow } = document.getElementById('sibling') as HTMLIFrameElement
      const { shout } = contentWindow as unknown as { shout: (data: unknown) => void }
      const nonces = [right, right.slice(1), '', null, 0, {}, crypto.randomUUID()]
      const sessions = ['checkout_'.padEnd(52, 'A'), null, 7, {}, 'x'.repeat(100_000)]
      const types = ['ready', 'paid', 'processing', 'failed', 'closed', '__proto__', 'constructor']
      for (let turn = 0; turn < 1_200; turn += 1) {
        const pick = <Of>(list: Of[]) => list[Math.floor(Math.random() * list.length)]
        const data = pick<unknown>([
          { nonce: pick(nonces), session: pick(sessions) },
          { hello: pick(nonces) },
          { type: pick(types), height: pick([0, 5, 1e9, -1, 'x']), detail: { payment: 'forged' } },
          pick(types),
          null,
          [],
          { toString: 'x' },
        ])
        // From the page around itself, with a line of its own; and from beside.
        widget?.postMessage(data, home, [new MessageChannel().port2])
        window.postMessage(data, location.origin)
        shout(data)
      }
      await new Promise((done) => requestAnimationFrame(done))
    },
    { right: nonce, home: stack().web },
  )
  // What was sent has been heard once the frame has come round to what it was asked after that.
  await frame.locator('main').evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  expect(await frame.locator('main').innerText()).toBe(before)
  expect(await heardTypes(page)).toEqual(['ready'])
  expect(await place.evaluate((element) => element.clientHeight)).toBe(heightBefore)
  expect(await chargesOf(invoice.totalCents)).toEqual([])
})

test('a session that has ended opens nothing, and is told in plain words', async ({ page, complaints }) => {
  complaints.allow(/status of 401/)
  const frame = await embed(page, `session="checkout_${'A'.repeat(43)}"`)
  await expect(frame.getByRole('heading', { name: 'This was open for a long time' })).toBeVisible()
})

test('the full page goes on where the frame was, and tells it', async ({ page, context }) => {
  const invoice = await anInvoice(31_600)
  const frame = await embed(page, `session="${await sessionFor(invoice.number)}"`)
  await expect(frame.getByRole('heading', { name: 'Kestrel Freight' })).toBeVisible()
  const [whole] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('button', { name: 'Open full page' }).press('Enter'),
  ])
  const pay = new PayPage(whole)
  await expect(whole.getByRole('heading', { name: 'Kestrel Freight' })).toBeVisible()
  expect(whole.url()).not.toContain('checkout_')
  await pay.fillCard()
  await pay.pay()
  await expect(whole.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  await expect(frame.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await heardTypes(page)).toEqual(['ready', 'paid'])
})

test('nothing moves on the page while the widget arrives', async ({ page }) => {
  await embed(page, 'style="display:block;min-height:560px"')
  await expect(widgetIn(page).getByRole('heading', { name: 'Find your invoice' })).toBeVisible()
  const shift = await page.evaluate(async () => {
    let sum = 0
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value
    })
    observer.observe({ type: 'layout-shift', buffered: true })
    const drawn = () => new Promise((done) => requestAnimationFrame(done))
    for (let frame = 0; frame < 3; frame += 1) await drawn()
    return sum
  })
  expect(shift).toBe(0)
})
