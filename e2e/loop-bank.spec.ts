import { booksPaymentsOn, openInBooks } from './pages/books.ts'
import { windBankingDays } from './pages/clock.ts'
import { compareUntil, openInvoice } from './pages/console.ts'
import { mailLike } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive, ourPsaPayments, psaInvoice, type SentInvoice } from './pages/psa.ts'
import { asContact, asOwner } from './pages/sessions.ts'
import { chargesOf, returnDebit, sumNear, theChargeOf, windUntilDecided } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'

// Four bank debits of one client, on one clock: one clears, one fails, one is returned after it cleared, and one from an
// account that small deposits must confirm first.
test.describe.configure({ mode: 'serial' })
test.slow()

const client = 'Vantage Robotics'
const noFunds = 'The bank sent the debit back: not enough funds.'

let clears: SentInvoice
let fails: SentInvoice
let late: SentInvoice
let typed: SentInvoice

test.beforeAll(async () => {
  clears = await issueAndReceive(client, await sumNear(61_000))
  fails = await issueAndReceive(client, await sumNear(62_000))
  late = await issueAndReceive(client, await sumNear(63_000))
  typed = await issueAndReceive(client, await sumNear(64_000))
})

test('a bank debit is on its way with a date, on the pay page, in the portal and in the console, and not paid', async ({
  page,
  context,
}) => {
  const pay = new PayPage(page)
  await pay.payFromBank(clears.payLink)
  await expect(pay.status).toHaveText('On its way')
  const by = (await page.getByText(/^by \w{3}, \w{3} \d+$/).innerText()).slice('by '.length)
  await expect(page.getByRole('heading', { name: 'Paid' })).toHaveCount(0)
  await expect(pay.payButton).toHaveCount(0)

  const mail = await mailLike({ to: clears.to, subject: `On its way to Larkfield IT: ${clears.sum}` })
  expect(mail.text).toContain('It is paid when the bank clears it')

  await asContact(context, clears.to)
  await openInPortal(page, clears.number)
  await expect(page.getByText('On its way', { exact: true })).toBeVisible()
  await expect(page.getByText(`Payment of ${clears.sum} on its way`)).toBeVisible()
  await expect(page.getByRole('link', { name: /^Pay / })).toHaveCount(0)

  await asOwner(context)
  await openInvoice(page, clears.number)
  await expect(page.getByText('On its way', { exact: true }).first()).toBeVisible()
  await page.goto('/console/payments?show=way')
  await expect(page.getByRole('row').filter({ hasText: clears.number })).toContainText(`On its way, by ${by}`)
  await page.goto('/console')
  const [weekday = '', , day = ''] = by.split(/,? /)
  const bars = page.getByRole('region', { name: 'Money on its way' }).getByRole('img')
  await expect(bars).toHaveAccessibleName(new RegExp(`${weekday} ${day} \\$[1-9]`))

  expect(await ourPsaPayments(clears.number)).toEqual([])
  expect(await openInBooks(clears.number)).toBe(clears.totalCents)
})

test('while one debit is on its way, another try with a page opened before is refused and charges nothing', async ({
  page,
  otherBrowser,
}) => {
  const second = new PayPage(await otherBrowser())
  await second.open(fails.payLink)
  await second.fillCard()
  await new PayPage(page).payFromBank(fails.payLink, '2227')

  await second.pay()
  await expect(second.page.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
  await expect(second.payButton).toHaveCount(0)
  expect(await chargesOf(fails.totalCents)).toHaveLength(1)
  await new PayPage(page).payFromBank(late.payLink)
})

test('an account typed by number waits for its small deposits, and the same link takes the code', async ({ page }) => {
  const pay = new PayPage(page)
  await pay.open(typed.payLink)
  await pay.typeBankNumbers()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Confirm your bank account' })).toBeVisible()
  expect(await chargesOf(typed.totalCents)).toEqual([])

  await windBankingDays(2)
  await page.goto(typed.payLink)
  await page.getByLabel('Code from the statement').fill('SM99ZZ')
  await page.getByRole('button', { name: 'Confirm the account' }).click()
  await expect(page.getByText('That does not match.')).toBeVisible()
  await page.getByLabel('Code from the statement').fill('SM11AA')
  await page.getByRole('button', { name: 'Confirm the account' }).click()
  await expect(page.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
  expect((await theChargeOf(typed.totalCents)).status).toBe('pending')
})

test('a debit that fails leaves the invoice open everywhere; client and staff read why, the PSA has a note', async ({
  page,
  context,
}) => {
  expect(await windUntilDecided(fails.totalCents)).toBe(false)
  const told = await mailLike({ to: fails.to, subject: `Not paid: ${fails.sum} for invoice ${fails.number}` })
  expect(told.text).toContain(noFunds)
  const staff = await mailLike({
    to: 'renee@larkfield.example',
    subject: `Payment failed: ${fails.sum} from ${client}`,
  })
  expect(staff.text).toContain(noFunds)
  await expect.poll(async () => (await psaInvoice(fails.number)).internalNotes).toContain(noFunds)

  const pay = new PayPage(page)
  await pay.open(fails.payLink)
  await expect(page.getByText(noFunds)).toBeVisible()
  await expect(pay.payButton).toBeVisible()
  await asContact(context, fails.to)
  await openInPortal(page, fails.number)
  await expect(page.getByRole('link', { name: `Pay ${fails.sum}` })).toBeVisible()
  await asOwner(context)
  await openInvoice(page, fails.number)
  await expect(page.getByRole('region', { name: 'What it owes' })).toContainText(`Open${fails.sum}`)
  await expect(page.getByRole('region', { name: 'Payments' })).toContainText(noFunds)

  expect(await ourPsaPayments(fails.number)).toEqual([])
  expect(await openInBooks(fails.number)).toBe(fails.totalCents)
})

test('a debit is paid when it clears, not before: then the receipt, the row in the PSA and the books', async ({
  page,
}) => {
  expect((await theChargeOf(clears.totalCents)).status).toBe('pending')
  expect(await windUntilDecided(clears.totalCents)).toBe(true)
  await mailLike({ to: clears.to, subject: `Receipt from Larkfield IT: ${clears.sum}` })
  await page.goto(clears.payLink)
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  await expect.poll(() => ourPsaPayments(clears.number)).toHaveLength(1)
  await expect.poll(() => openInBooks(clears.number)).toBe(0)
})

test('a payment the bank takes back later re-opens the invoice everywhere, and says why to client and staff', async ({
  page,
  context,
}) => {
  await expect.poll(() => ourPsaPayments(late.number)).toHaveLength(1)
  await expect.poll(() => openInBooks(late.number)).toBe(0)
  expect(await booksPaymentsOn(late.number)).toHaveLength(1)
  await windBankingDays(3)
  await returnDebit(late.totalCents)

  const told = await mailLike({ to: late.to, subject: `Sent back by the bank: ${late.sum} for invoice ${late.number}` })
  expect(told.text).toContain('not enough funds')
  const staff = await mailLike({
    to: 'marcus@larkfield.example',
    subject: `Returned by the bank: ${late.sum} from ${client}`,
  })
  expect(staff.text).toContain('not enough funds')

  await expect.poll(() => ourPsaPayments(late.number)).toEqual([])
  expect((await psaInvoice(late.number)).balanceCents).toBe(late.totalCents)
  await expect.poll(async () => (await psaInvoice(late.number)).internalNotes).toContain(`${late.sum} by`)
  await expect.poll(() => openInBooks(late.number)).toBe(late.totalCents)

  const pay = new PayPage(page)
  await pay.open(late.payLink)
  await expect(page.getByText('Returned by bank')).toBeVisible()
  await expect(pay.payButton).toBeVisible()
  await asContact(context, late.to)
  await openInPortal(page, late.number)
  await expect(page.getByText(`Bank sent ${late.sum} back`)).toBeVisible()
  await expect(page.getByRole('link', { name: `Pay ${late.sum}` })).toBeVisible()
  await asOwner(context)
  await page.goto('/console')
  const returned = page.getByRole('region', { name: 'Returned by bank' })
  await expect(returned.getByRole('listitem').filter({ hasText: late.sum })).toContainText(client)
  await compareUntil(page, async () => expect(page.getByText('Ties out 0.00')).toBeVisible({ timeout: 1_000 }))
})

async function openInPortal(page: Page, number: string): Promise<void> {
  await page.goto(`/m/larkfield/invoices?number=${number}`)
  await page.getByRole('main').getByRole('row').filter({ hasText: number }).getByRole('link').click()
  await page.getByRole('heading', { name: 'History' }).waitFor()
}
