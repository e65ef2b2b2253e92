import { booksPaymentsOn, deleteInBooks, editPaymentInBooks, openInBooks } from './pages/books.ts'
import { compareUntil } from './pages/console.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'

test('an amount changed in QuickBooks: tie-out names the invoice and by how much, until it is put right', async ({
  page,
  context,
}) => {
  const invoice = await issueAndReceive('Corn Hill Title Agency', await sumNear(72_000))
  await new PayPage(page).payByCard(invoice.payLink)
  await expect.poll(() => openInBooks(invoice.number)).toBe(0)
  const [posted, ...more] = await booksPaymentsOn(invoice.number)
  expect(more).toEqual([])
  if (posted === undefined) throw new Error('The books have no payment on it')
  await editPaymentInBooks(posted, invoice.totalCents - 10_000)

  await asOwner(context)
  const row = differenceOn(page, invoice.number)
  await compareUntil(page, async () => expect(row).toBeVisible({ timeout: 1_000 }))
  const [, journal, elsewhere, gap, cause] = await row.getByRole('cell').allInnerTexts()
  expect([journal, elsewhere, gap]).toEqual(['0.00', '100.00', '100.00'])
  expect(cause).toContain(`The payment on invoice ${invoice.number} was edited in QuickBooks, by $100.00.`)

  await editPaymentInBooks(posted, invoice.totalCents)
  await compareUntil(page, async () => expect(page.getByText('Ties out 0.00')).toBeVisible({ timeout: 1_000 }))
  await expect(row).toHaveCount(0)
})

// Last of all: what it does to the books stays done.
test('a payment deleted in QuickBooks: tie-out names the invoice, both figures and what happened, and asks a person', async ({
  page,
  context,
}) => {
  const invoice = await issueAndReceive('Corn Hill Title Agency', await sumNear(71_000))
  const bare = invoice.sum.replace('$', '')
  await new PayPage(page).payByCard(invoice.payLink)
  await expect.poll(() => openInBooks(invoice.number)).toBe(0)
  const [posted] = await booksPaymentsOn(invoice.number)
  await deleteInBooks('Payment', posted?.Id ?? '')
  expect(await openInBooks(invoice.number)).toBe(invoice.totalCents)

  await asOwner(context)
  const row = differenceOn(page, invoice.number)
  await compareUntil(page, async () => expect(row).toBeVisible({ timeout: 1_000 }))
  const [, journal, elsewhere, gap, cause] = await row.getByRole('cell').allInnerTexts()
  expect([journal, elsewhere, gap]).toEqual(['0.00', bare, bare])
  expect(cause).toContain(
    `The payment of ${invoice.sum} on invoice ${invoice.number} was deleted or voided in QuickBooks.`,
  )
  expect(cause).toContain('If that was a mistake, post it again')

  await page.goto('/console')
  await expect(page.getByRole('region', { name: 'Tie-out', exact: true })).toContainText('1 difference')
  const asked = page
    .getByRole('region', { name: 'Tie-out differs' })
    .getByRole('listitem')
    .filter({ hasText: invoice.sum })
  await asked.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(invoice.number)

  await page.goto('/console')
  await asked.getByRole('button', { name: /^Take it/ }).click()
  await expect(asked.getByTitle('Yours')).toBeVisible()
  await asked.getByRole('button', { name: /^Done/ }).click()
  await expect(asked).toHaveCount(0)
})

/** The row of an invoice among the differences. */
function differenceOn(page: Page, number: string) {
  return page.getByRole('table', { name: 'Differences' }).getByRole('row').filter({ hasText: number })
}
