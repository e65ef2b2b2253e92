import type { BrowserContext } from '@playwright/test'
import { simulatedToday } from './pages/clock.ts'
import { dollars } from './pages/money.ts'
import { allowPartPayments } from './pages/part-payments.ts'
import { PayPage } from './pages/pay-page.ts'
import { product } from './pages/product.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asContact, contacts } from './pages/sessions.ts'
import { chargesOf, sumNear, theChargeOf } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'

// Nobody else's journey, and without credit in the PSA.
const creditor = 'Cobble Hill Bakery'
const agree = 'I may act for this card, and I agree to the authorization above.'

test('a card is saved while paying, pays the next invoice, and can be named, seen with its proof, and removed', async ({
  page,
  context,
}) => {
  const first = await issueAndReceive('Tillman Bros', await sumNear(41_100))
  const pay = new PayPage(page)
  await pay.open(first.payLink)
  await expect(page.getByText(/I authorize Larkfield IT, Inc\. to keep the card/)).toBeHidden()
  await pay.fillCard()
  await expect(page.getByText(/I authorize Larkfield IT, Inc\. to keep the card/)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: agree })).not.toBeChecked()
  await page.getByRole('checkbox', { name: agree }).check()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()

  // Whoever merely holds a link is never shown what is saved.
  const second = await issueAndReceive('Tillman Bros', await sumNear(41_200))
  await pay.open(second.payLink)
  await expect(page.getByRole('radio', { name: /^Card/ })).toBeVisible()
  await expect(page.getByText('Visa credit, 4242')).toHaveCount(0)

  await asPayerOf(context, 'Tillman Bros')
  await openInvoice(page, second.number)
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await expect(page.getByRole('radio', { name: /^Visa credit, 4242/ })).toBeChecked()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect((await theChargeOf(second.totalCents)).status).toBe('succeeded')

  await page.getByRole('link', { name: 'Payment methods' }).first().click()
  const saved = page.getByRole('region', { name: 'Saved cards and accounts' })
  await saved.getByRole('button', { name: 'Name' }).click()
  await page.getByLabel('Name', { exact: true }).fill('The blue card')
  await page.getByRole('button', { name: 'Keep this name' }).click()
  await expect(saved.getByText('The blue card')).toBeVisible()
  const proof = page.getByRole('link', { name: 'Proof, PDF' }).first()
  const pdf = await page.request.get((await proof.getAttribute('href')) ?? '')
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  await saved.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Nothing is saved yet')).toBeVisible()
  await expect(page.getByText(/^Given .+ Withdrawn /)).toBeVisible()

  // With a date: one press saves what is typed, passes the bank's check, and sets the payment.
  const dueOn = (await product()).addDays(await simulatedToday(), 20)
  const third = await issueAndReceive('Tillman Bros', await sumNear(41_400), { dueOn })
  await openInvoice(page, third.number)
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await pay.fillCard('4000 0027 6000 3184')
  await page.getByRole('radio', { name: 'On a date' }).check()
  await page.getByLabel('Date of the payment').selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Set this payment' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Agree to the authorization above' })).toBeVisible()
  await page.getByRole('checkbox', { name: agree }).check()
  await page.getByRole('button', { name: 'Set this payment' }).click()
  await pay.challenge.getByRole('button', { name: 'Complete authentication' }).click()
  await expect(page.getByRole('heading', { name: /^Your payment is set for / })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: /^Your payment is set for / })).toBeVisible()
  expect(await chargesOf(third.totalCents)).toEqual([])
})

test('a card is saved by itself, and a payment is set for a date, moved, and replaced by paying now', async ({
  page,
  context,
}) => {
  // Due later than today, which the client's own terms do not make it.
  const dueOn = (await product()).addDays(await simulatedToday(), 20)
  const invoice = await issueAndReceive('Orchard Street Legal', await sumNear(41_300), { dueOn })
  await asPayerOf(context, 'Orchard Street Legal')
  await page.goto('/m/larkfield/methods')
  const pay = new PayPage(page)
  await page.getByRole('button', { name: 'Save a card or bank account' }).click()
  await page.getByRole('radio', { name: /^Card/ }).check()
  await pay.fields.getByLabel('Card number').fill('4242 4242 4242 4242')
  await pay.fields.getByLabel('Expiration date').fill('12/34')
  await pay.fields.getByLabel('Security code').fill('123')
  await pay.fields.getByLabel('ZIP code').fill('14604')
  await page.getByRole('button', { name: 'Save this card' }).click()
  await expect(page.getByText(/Without this authorization nothing can be saved/)).toBeVisible()
  await page.getByRole('checkbox', { name: agree }).check()
  await page.getByRole('button', { name: 'Save this card' }).click()
  await expect(page.getByText('The card is saved.')).toBeVisible()

  await openInvoice(page, invoice.number)
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await page.getByRole('radio', { name: 'On a date' }).check()
  await page.getByLabel('Date of the payment').selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Set this payment' }).click()
  await expect(page.getByRole('heading', { name: /^Your payment is set for / })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toEqual([])

  await page.getByLabel('Another date').selectOption({ index: 4 })
  const heading = page.getByRole('heading', { name: /^Your payment is set for / })
  const before = (await heading.textContent()) ?? ''
  await page.getByRole('button', { name: 'Move it' }).click()
  await expect(heading).not.toHaveText(before)
  await page.goto('/m/larkfield')
  await expect(page.getByRole('link', { name: 'Payment from Visa credit, 4242' })).toBeVisible()
  await page.goto('/m/larkfield/methods')
  await expect(page.getByText(/It cannot be removed while a payment that is set needs it/)).toBeVisible()

  await openInvoice(page, invoice.number)
  await expect(page.getByText('Scheduled').first()).toBeVisible()
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await pay.pay()
  await expect(page.getByText(/Tick the box to pay now in its place/)).toBeVisible()
  await page.getByRole('checkbox', { name: /^Pay now instead/ }).check()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
})

test('what was paid beyond an invoice is counted on by a payment set for a date, and only the rest will be charged', async ({
  page,
  context,
}) => {
  const first = await issueAndReceive(creditor, await sumNear(41_500))
  const dueOn = (await product()).addDays(await simulatedToday(), 20)
  const second = await issueAndReceive(creditor, await sumNear(41_600), { dueOn })
  await allowPartPayments(page)
  await asPayerOf(context, creditor)
  await openInvoice(page, first.number)
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await page.getByRole('button', { name: 'Pay another amount' }).click()
  await page
    .getByRole('textbox', { name: `Amount to pay on invoice ${first.number}` })
    .fill(((first.totalCents + 2_500) / 100).toFixed(2))
  const pay = new PayPage(page)
  await pay.fillCard()
  await page.getByRole('checkbox', { name: agree }).check()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()

  const rest = dollars(second.totalCents - 2_500)
  await openInvoice(page, second.number)
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await expect(page.getByRole('button', { name: `Pay ${rest} by card` })).toBeVisible()
  await page.getByRole('radio', { name: 'On a date' }).check()
  await page.getByRole('button', { name: 'Set this payment' }).click()
  await expect(page.getByRole('heading', { name: /^Your payment is set for / })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(`Your credit−$25.00Visa credit, 4242${rest}`)
  expect(await chargesOf(second.totalCents)).toEqual([])
  expect(await chargesOf(second.totalCents - 2_500)).toEqual([])
})

/** Whoever may pay for a client. */
async function asPayerOf(context: BrowserContext, client: string): Promise<void> {
  const payer = (await contacts()).find((one) => one.client === client && one.role !== 'viewer')
  await asContact(context, payer?.email ?? '')
}

async function openInvoice(page: Page, number: string): Promise<void> {
  await page.goto(`/m/larkfield/invoices?number=${number}`)
  await page.getByRole('link', { name: `Invoice ${number}` }).click()
  await page.getByRole('heading', { level: 1, name: `Invoice ${number}` }).waitFor()
}
