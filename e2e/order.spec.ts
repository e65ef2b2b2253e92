import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { dollars } from './pages/money.ts'
import { allowPartPayments } from './pages/part-payments.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive, type SentInvoice } from './pages/psa.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { chargesOf, sumNear } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'

const client = 'Kestrel Freight'
const home = '/m/larkfield'
const anInvoice = async (near: number): Promise<SentInvoice> => issueAndReceive(client, await sumNear(near))

test('an invoice is paid in part with a reason, the rest stays open; a reload keeps what was typed', async ({
  page,
}) => {
  await allowPartPayments(page)
  const invoice = await anInvoice(64_000)
  const pay = new PayPage(page)
  await pay.open(invoice.payLink)
  await page.getByRole('button', { name: 'Pay another amount' }).click()
  const amount = page.getByRole('textbox', { name: `Amount to pay on invoice ${invoice.number}` })
  await amount.fill('100')
  await amount.blur()
  await expect(amount).toHaveValue('100.00')
  await page.reload()
  await expect(amount).toHaveValue('100.00')
  await pay.fillCard()
  await page.getByRole('button', { name: 'Pay $100.00 by card' }).click()
  await expect(page.getByText('Choose a reason; with another reason, say which.')).toBeVisible()
  await page.getByRole('combobox', { name: `Why less than ${invoice.sum}?` }).selectOption('Work not finished')
  await page.getByRole('button', { name: 'Pay $100.00 by card' }).click()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(await chargesOf(10_000)).not.toEqual([])
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  await page.getByRole('link', { name: 'Pay the rest' }).click()
  const rest = dollars(invoice.totalCents - 10_000)
  await expect(page.getByText(`${rest} open of ${invoice.sum}`)).toBeVisible()
  // What was typed for the first payment is not what the next one begins with.
  await expect(page.getByRole('button', { name: 'Pay another amount' })).toBeVisible()
  await expect(page.getByRole('button', { name: `Pay ${rest} from bank` })).toBeVisible()
})

test('a question holds its amount: the rest is paid; staff answer, the client writes back, and staff close it', async ({
  page,
  context,
}) => {
  const invoice = await anInvoice(65_000)
  await page.goto(invoice.payLink)
  await page.getByText('I have a question').click()
  await page.getByRole('textbox', { name: 'What is your question?' }).fill('Was the second visit needed?')
  await page.getByRole('textbox', { name: 'The amount it is about' }).fill('50.00')
  await page.getByRole('button', { name: 'Ask Larkfield IT' }).click()
  await expect(page.getByText('$50.00 waits: your question is with Larkfield IT')).toBeVisible()
  const rest = `$${((invoice.totalCents - 5_000) / 100).toFixed(2)}`
  await expect(page.getByRole('button', { name: `Pay ${rest} from bank` })).toBeVisible()

  await asOwner(context)
  await page.goto(`/console/invoices?q=${invoice.number}`)
  await page.getByRole('table').getByRole('link', { name: invoice.number }).click()
  await expect(page.getByText('Was the second visit needed?').first()).toBeVisible()
  const after = await mailsSoFar()
  await page.getByRole('textbox', { name: 'Answer' }).fill('Yes, the part was late')
  await page.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(page.getByText('Your answer is with the client and in the PSA.')).toBeVisible()
  const inConsole = page.url()
  const mail = await mailLike({ subject: `Larkfield IT answered your question about invoice ${invoice.number}`, after })
  expect(mail.text).toContain('Yes, the part was late')

  await page.goto(linkIn(mail, '/pay/'))
  await expect(page.getByText('Yes, the part was late')).toBeVisible()
  await page.getByText('Write back').click()
  await page.getByRole('textbox', { name: 'Your words' }).fill('It came the next day.')
  await page.getByRole('button', { name: 'Send to Larkfield IT' }).click()
  await expect(page.getByText('Sent to Larkfield IT.')).toBeVisible()

  await page.goto(inConsole)
  await expect(page.getByText('It came the next day.').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Answer' }).fill('Then it is on us.')
  await page.getByRole('button', { name: 'Answer and close' }).click()
  await expect(page.getByText('The hold is lifted; the amount is payable again.')).toBeVisible()
  await page.goto(invoice.payLink)
  await expect(page.getByRole('button', { name: `Pay ${invoice.sum} from bank` })).toBeVisible()
})

test('invoices chosen in the list are paid together, from the keyboard', async ({ page, context }) => {
  const [first, second] = [await anInvoice(66_000), await anInvoice(67_000)]
  const payer = (await contacts()).find((one) => one.client === client && one.isBilling)
  await asContact(context, payer?.email ?? '')
  await page.goto(`${home}/invoices?show=open`)
  for (const { number } of [first, second]) {
    const tick = page.getByRole('checkbox', { name: `Choose invoice ${number}` })
    await tick.focus()
    await tick.press('Space')
  }
  await expect(page.getByText('2 invoices chosen')).toBeVisible()
  const sum = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(
    (first.totalCents + second.totalCents) / 100,
  )
  await page.getByRole('button', { name: `Pay ${sum}` }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Pay 2 invoices' })).toBeVisible()
  const pay = new PayPage(page)
  await pay.fillCard()
  await page.getByRole('button', { name: /^Pay \$[\d,.]+ by card$/ }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
})

test('a statement adds up, on a phone too, and leaves as CSV and PDF', async ({ page, context }) => {
  await asContact(context, 'dana@hadleymoss.example')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${home}/statement?from=2026-01-01&to=2026-12-31`)
  await expect(page.getByRole('heading', { level: 1, name: 'Statement' })).toBeVisible()
  const csv = await page.request.get(`${home}/statement/csv?from=2026-01-01&to=2026-12-31`)
  expect(await csv.text()).toContain('Opening balance')
  const pdf = await page.request.get(`${home}/statement/pdf`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
})
