import { bankLines, openInBooks } from './pages/books.ts'
import { windBankingDays } from './pages/clock.ts'
import { centsIn, openInvoice, openPaymentOf } from './pages/console.ts'
import { mailLike, mailsSoFar } from './pages/mailbox.ts'
import { dollars } from './pages/money.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive, issueInvoice, ourPsaPayments, psaInvoice } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { sumNear, theChargeOf } from './pages/stripe.ts'
import { eventually, expect, test } from './pages/test.ts'

test.beforeEach(async ({ context }) => asOwner(context))

test('today says where we stand, what needs a person and whether the systems agree', async ({ page }) => {
  await page.goto('/console')
  const figures = page.getByRole('region', { name: 'Where we stand' })
  for (const label of [/Collected in \w+/, /On its way/, /Overdue/, /Days to pay/])
    await expect(figures.getByText(label).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Needs a person' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Tie-out' })).toContainText('ConnectWise')
})

test('a client is found by name and shows invoices, people and agreements that add up', async ({ page }) => {
  await page.goto('/console/clients')
  await page.getByRole('main').getByRole('searchbox', { name: 'Name' }).fill('hadley')
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('link', { name: 'Hadley & Moss Architects' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hadley & Moss Architects' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Contacts' })).toContainText('dana@hadleymoss.example')
  await expect(page.getByRole('region', { name: 'In the portal' })).toContainText('Owner')
  await expect(page.getByRole('region', { name: 'Managed Care Complete' })).toContainText('Managed workstation')

  const open = page.getByRole('table', { name: 'Open invoices' })
  const total = await open.getByRole('row').getByRole('cell').last().innerText()
  const rows = await open.locator('tbody tr td:last-child').allInnerTexts()
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.reduce((sum, text) => sum + centsIn(text), 0)).toBe(centsIn(total))
  await expect(page.getByRole('region', { name: 'Where this client stands' })).toContainText(total)
})

test('invoices filter and search in the address, and those that are ticked are sent with the sum told before', async ({
  page,
}) => {
  const client = 'Ridge & Vale Realty'
  const [first, second] = [await issueInvoice(client, 51_000), await issueInvoice(client, 52_000)]
  await page.goto('/console/invoices')
  await page.getByRole('link', { name: 'Overdue', exact: true }).click()
  await expect(page).toHaveURL(/show=overdue/)
  await expect(page.getByRole('row').nth(1)).toContainText('overdue')

  await page.goto(`/console/invoices?q=${encodeURIComponent(client)}`)
  await eventually(page, async () => {
    for (const { number } of [first, second])
      await expect(page.getByRole('link', { name: number })).toBeVisible({ timeout: 500 })
  })
  await page.getByRole('checkbox', { name: `Select invoice ${first.number}, $510.00` }).check()
  await expect(page.getByText('1 invoice, $510.00')).toBeVisible()
  await page.getByRole('checkbox', { name: `Select invoice ${second.number}, $520.00` }).check()
  await expect(page.getByText('2 invoices, $1,030.00')).toBeVisible()
  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Send 2 with pay links' }).click()
  await expect(page.getByText('2 invoices are being mailed.')).toBeVisible()
  for (const { number } of [first, second]) await mailLike({ subject: `Invoice ${number} `, after })
})

test('a refund names what goes back and where before it leaves, and reaches client, PSA and books', async ({
  page,
}) => {
  const invoice = await issueAndReceive('Ridge & Vale Realty', await sumNear(53_000))
  const { totalCents: cents, number } = invoice
  await new PayPage(page).payByCard(invoice.payLink)
  await expect.poll(() => ourPsaPayments(number)).toHaveLength(1)
  await expect.poll(() => openInBooks(number)).toBe(0)

  await openPaymentOf(page, number)
  await page.getByRole('button', { name: 'Refund' }).click()
  const dialog = page.getByRole('dialog', { name: 'Refund Ridge & Vale Realty' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog.getByLabel('Amount')).toHaveValue(String(cents / 100).replace(/^(\d+)$/, '$1.00'))
  await dialog.getByLabel('Amount').fill('9999')
  await expect(dialog.getByText(`At most ${invoice.sum}.`)).toBeVisible()
  await dialog.getByLabel('Amount').fill('200.00')
  await expect(dialog.getByText('Refund $200.00 to Visa credit, 4242.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('One visit was billed twice')
  await dialog.getByRole('button', { name: 'Refund $200.00' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The refund is at Stripe' })).toBeVisible()

  const mail = await mailLike({ to: invoice.to, subject: `Refund from Larkfield IT: $200.00 for invoice ${number}` })
  expect(mail.text).toContain('Visa credit, 4242')
  expect((await theChargeOf(cents)).amountRefunded).toBe(20_000)
  await expect.poll(() => ourPsaPayments(number)).toEqual([expect.objectContaining({ amountCents: cents - 20_000 })])
  expect((await psaInvoice(number)).balanceCents).toBe(20_000)
  await expect.poll(() => openInBooks(number)).toBe(20_000)
  await eventually(page, async () => {
    await expect(page.getByText('Part refunded').first()).toBeVisible({ timeout: 500 })
    const pays = page.getByRole('region', { name: 'What it pays' })
    await expect(pays).toContainText(/Refunded\$200\.00/, { timeout: 500 })
    await expect(pays).toContainText(dollars(cents - 20_000), { timeout: 500 })
  })
  await openInvoice(page, number)
  await expect(page.getByRole('region', { name: 'What it owes' })).toContainText('Open$200.00')
})

test('a settlement adds up by eye, equals the line at the bank, and agrees with Stripe, books and PSA', async ({
  page,
  context,
}) => {
  await windBankingDays(4)
  await asOwner(context)
  await page.goto('/console/settlements')
  await eventually(page, async () => {
    await expect(page.getByRole('row').nth(1)).toContainText('Arrived', { timeout: 1_000 })
    await expect(page.getByRole('row').nth(1)).toContainText('Posted', { timeout: 1_000 })
  })
  await page.getByRole('row').nth(1).getByRole('link').click()
  const heading = page.getByRole('heading', { level: 1, name: /^Payout of/ })
  const amount = centsIn(await heading.innerText())
  expect((await bankLines()).map(({ amountCents }) => amountCents)).toContain(amount)

  const terms = page.getByRole('region', { name: 'How it adds up' }).getByRole('listitem')
  const of = async (label: string) => centsIn(await terms.filter({ hasText: label }).innerText())
  const taken = (await of('Refunds')) + (await of('Returns')) + (await of('Fees'))
  expect((await of('Payments')) - taken).toBe(amount)
  expect(await of('In the bank')).toBe(amount)
  const checks = page.getByRole('region', { name: 'Checked against' })
  await expect(checks.getByLabel('differs')).toHaveCount(0)
  await expect(checks.getByLabel('agrees').first()).toBeVisible()

  const csv = await page.request.get(`${page.url()}/csv`)
  expect(csv.headers()['content-type']).toContain('text/csv')
  const [head = '', ...lines] = (await csv.text()).trim().split('\r\n')
  expect(head).toContain('"net"')
  const net = lines.map((line) => line.split(',').at(-2)?.replaceAll('"', '') ?? '').filter((text) => text !== '')
  expect(net.reduce((sum, text) => sum + Math.round(Number(text) * 100), 0)).toBe(amount)
})

test('the console runs from the keyboard: go to, next row, open, filter, find, the list of keys', async ({ page }) => {
  await page.goto('/console/clients')
  const rows = page.getByRole('main').getByRole('row').getByRole('link')
  // The keys work once the page's script runs, which on a busy machine is some time after the page is shown.
  const list = page.getByRole('dialog', { name: 'Keys' })
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(list).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await page.keyboard.press('j')
  await expect(rows.nth(0)).toBeFocused()
  await page.keyboard.press('j')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(rows.nth(0)).toBeFocused()
  const name = await rows.nth(0).innerText()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  for (const [key, title] of [
    ['i', 'Invoices'],
    ['p', 'Payments'],
    ['s', 'Settlements'],
    ['o', 'Tie-out'],
    ['c', 'Clients'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('gi?') // while typing, single keys are letters
  await expect(page.getByRole('searchbox', { name: 'Name' })).toHaveValue('gi?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('searchbox', { name: 'Find a client or an invoice' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
