import type { Page } from '@playwright/test'
import { bankLines, booksPaymentsOn, cents, inBooks, openInBooks } from './pages/books.ts'
import { windBankingDays } from './pages/clock.ts'
import { compareUntil } from './pages/console.ts'
import { linkIn, mailLike, mailsSoFar, mailsWith } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { ourPsaPayments, psaInvoice } from './pages/psa.ts'
import { asOwner, signInAtConsole } from './pages/sessions.ts'
import { theChargeOf } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'

// The story the demo tells: invoice 20418 of Hadley & Moss, from the PSA to the bank, seen by both sides.
const number = '20418'
const owed = '$4,913.14'
const owedCents = 491_314
const feeCents = 14_278 // 2.9% and 30 cents

test.describe.configure({ mode: 'serial' })

let payLink = ''

test('an invoice found by its number is mailed once, in HTML and text, with the amounts of the PSA', async ({
  page,
}) => {
  await signInAtConsole(page, 'renee@larkfield.example')
  await page.getByRole('searchbox', { name: 'Find a client or an invoice' }).fill(number)
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { name: `Invoice ${number}` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What it owes' })).toContainText(`Open${owed}`)
  expect((await psaInvoice(number)).balanceCents).toBe(owedCents)

  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Send to Dana Whitfield' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'It is being mailed' })).toBeVisible()
  const mail = await mailLike({ to: 'dana@hadleymoss.example', subject: `Invoice ${number}`, after })
  expect(mail.subject).toMatch(/^Invoice 20418 from Larkfield IT: \$4,913\.14 due \w+ \d+$/)
  for (const part of [mail.html, mail.text]) {
    expect(part).toContain(owed)
    expect(part).toContain('Managed workstation, full support')
    expect(part).toContain('New workstation setup, one time')
    expect(part).toContain('Sales tax')
    expect(part).toContain('Bank account $4,913.14, no fee. Card $4,913.14, no fee.')
  }
  payLink = linkIn(mail, '/pay/')
  expect(mail.text).toContain(payLink)
})

test('the link opens without signing in: amount, due date, lines under their agreement, PDF', async ({ page }) => {
  await page.goto(payLink)
  await expect(page.getByRole('heading', { level: 1, name: owed })).toBeVisible()
  await expect(page.getByText(`Invoice ${number} for Hadley & Moss Architects`)).toBeVisible()
  await expect(page.getByText(/^Due \w+day, \w+ \d+$/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Managed Care Complete' })).toBeVisible()
  await expect(page.getByText('38 × $74.00')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: owed })).toBeVisible()

  const pdf = await page.request.get(await hrefOf(page, 'Download PDF'))
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await page.context().cookies()).toEqual([])
})

test('a card is paid at once: receipt, one row in the PSA, applied in the books', async ({ page }) => {
  const pay = new PayPage(page)
  const after = await mailsSoFar()
  await pay.payByCard(payLink)
  await expect(pay.status).toHaveText('Paid')
  await expect(page.getByText(`Larkfield IT has your payment of ${owed}`)).toBeVisible()

  const receipt = await mailLike({ to: 'dana@hadleymoss.example', subject: 'Receipt from Larkfield IT', after })
  expect(receipt.subject).toContain(`${owed} for invoice ${number}`)
  for (const part of [receipt.html, receipt.text]) expect(part).toContain('Visa credit, 4242')
  const file = await page.request.get(await hrefOf(page, 'Receipt PDF'))
  expect(file.headers()['content-type']).toBe('application/pdf')

  await expect.poll(() => ourPsaPayments(number)).toEqual([expect.objectContaining({ amountCents: owedCents })])
  expect((await psaInvoice(number)).balanceCents).toBe(0)
  await expect.poll(() => openInBooks(number)).toBe(0)
  const [posted, ...more] = await booksPaymentsOn(number)
  expect(cents(posted?.TotalAmt ?? 0)).toBe(owedCents)
  expect(more).toEqual([])
  expect((await theChargeOf(owedCents)).status).toBe('succeeded')
  expect(await mailsWith(`Invoice ${number} `)).toHaveLength(1)
})

test('the payout is one deposit: every payment and every fee a line, equal to the bank to the cent, tie-out 0.00', async ({
  page,
  context,
}) => {
  await windBankingDays(4)
  const deposit = async () =>
    (await inBooks('Deposit')).find(({ Line = [] }) =>
      Line.some(({ Description = '' }) => Description.startsWith('Stripe fee') && Description.includes(number)),
    )
  await expect.poll(deposit, { timeout: 60_000 }).toBeDefined()
  const { TotalAmt = 0, Line = [] } = (await deposit()) ?? {}
  const arrived = (await bankLines()).map(({ amountCents }) => amountCents)
  expect(arrived).toContain(cents(TotalAmt))
  expect(Line.reduce((sum, { Amount }) => sum + cents(Amount), 0)).toBe(cents(TotalAmt))
  expect(Line.map(({ Amount }) => cents(Amount))).toEqual(expect.arrayContaining([owedCents, -feeCents]))

  await asOwner(context)
  await compareUntil(page, async () => {
    await expect(page.getByText('Ties out 0.00')).toBeVisible({ timeout: 1_000 })
    await expect(page.getByText('Everything has arrived')).toBeVisible({ timeout: 1_000 })
  })
})

test('what happened to the invoice is told from the PSA to the deposit, in order, with its sums', async ({
  page,
  context,
}) => {
  await asOwner(context)
  await page.goto(`/console/find?q=${number}`)
  await page.getByRole('main').getByRole('link', { name: number }).click()
  const story = page.getByRole('region', { name: 'What happened to this invoice' })
  await expect(story).toBeVisible()
  const told = await story.innerText()
  const order = [
    `ConnectWise issued invoice ${number} for ${owed}.`,
    `+${owed}, owes ${owed}`,
    'The invoice with its pay link was mailed to dana@hadleymoss.example.',
    'The pay link was opened.',
    `The holder of the pay link started a payment of ${owed}.`,
    `${owed} paid, Visa credit, 4242.`,
    'Stripe kept $142.78 of $4,913.14 as its fee',
    `−${owed}, owes $0.00`,
    'It left Stripe for the bank in a deposit of',
    'was posted to QuickBooks.',
  ]
  const places = order.map((words) => told.lastIndexOf(words))
  expect(
    places.every((place) => place >= 0),
    told,
  ).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  for (const words of ['ConnectWise shows the payment of', 'The receipt was mailed', 'was posted to QuickBooks'])
    expect(told).toContain(words)
})

async function hrefOf(page: Page, name: string): Promise<string> {
  const href = await page.getByRole('link', { name }).filter({ visible: true }).getAttribute('href')
  return new URL(href ?? '', page.url()).href
}
