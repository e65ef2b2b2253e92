import { readFile } from 'node:fs/promises'
import type { BrowserContext } from '@playwright/test'
import { openPaymentOf } from './pages/console.ts'
import { PayPage } from './pages/pay-page.ts'
import { product } from './pages/product.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asOwner, staySignedIn } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

/** Theo, who does the finances at Larkfield IT. */
async function asFinance(context: BrowserContext): Promise<void> {
  const { withTenant, sql, newId } = await product()
  const { tenantId } = stack().owner
  const theo = await withTenant(tenantId, (tx) =>
    tx.row<{ id: string }>(sql`
      insert into staff (tenant_id, id, email, name, role) values (${tx.tenantId}, ${newId()}, 'theo@larkfield.example', 'Theo Brandt', 'finance')
      on conflict (tenant_id, email) do update set name = excluded.name returning id`),
  )
  await staySignedIn(context, 'staff', tenantId, theo?.id ?? '')
}

test('what finance asks to refund above the amount, the owner approves; the trail says who did what, and that it was exported', async ({
  page,
  browser,
}) => {
  const paid = await issueAndReceive('Hadley & Moss Architects', await sumNear(61_000))
  await new PayPage(page).payByCard(paid.payLink)
  await asFinance(page.context())
  const owner = await (await browser.newContext()).newPage()
  await asOwner(owner.context())

  await owner.goto('/console/settings/team')
  const rule = owner.getByRole('region', { name: 'A second person' })
  await rule.getByLabel(/Refunds above this amount/).fill('100')
  await rule.getByRole('button', { name: 'Save' }).click()
  await expect(owner.getByText('It holds for what is asked for from now on')).toBeVisible()

  await openPaymentOf(page, paid.number)
  await page.getByRole('button', { name: 'Refund' }).first().click()
  await page.getByLabel('Reason').fill('Billed twice')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Refund \$/ })
    .click()
  await expect(page.getByText('A refund waits for a second person.')).toBeVisible()
  await page.goto('/console')
  await expect(page.getByRole('button', { name: 'Take it back' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)

  await owner.goto('/console')
  await owner.getByRole('button', { name: 'Approve' }).click()
  await owner
    .getByRole('dialog')
    .getByRole('button', { name: /^Refund \$/ })
    .click()
  await expect(owner.getByText('Approved. A refund is at Stripe now')).toBeVisible()

  await owner.goto('/console/audit?what=money')
  const trail = owner.getByRole('table', { name: 'Audit trail' })
  await expect(trail.getByRole('row').filter({ hasText: 'approved what a colleague asked for' }).first()).toContainText(
    'Renee Okafor',
  )
  await expect(trail.getByRole('row').filter({ hasText: 'asked a second person to approve' }).first()).toContainText(
    'Theo Brandt',
  )
  const [download] = await Promise.all([
    owner.waitForEvent('download'),
    owner.getByRole('link', { name: 'CSV' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('"Theo Brandt","asked a second person to approve"')
  await owner.goto('/console/audit?what=audit.exported')
  await expect(trail.locator('tbody tr')).toHaveCount(1)

  await owner.goto('/console/settings/team')
  await rule.getByLabel(/Refunds above this amount/).fill('')
  await rule.getByRole('button', { name: 'Save' }).click()
  await expect(rule).toContainText('One person is enough')
  await owner.context().close()
})

test('the owner looks at a client’s portal as the client sees it, under a banner, and can do nothing there', async ({
  page,
}) => {
  await issueAndReceive('Hadley & Moss Architects', await sumNear(12_000))
  await asOwner(page.context())
  await page.goto('/console/clients?q=hadley')
  await page.getByRole('main').getByRole('link', { name: 'Hadley & Moss Architects' }).click()
  await page.getByRole('button', { name: 'View as client' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^View as/ }).click()
  await expect(dialog).toContainText('Say why in a few words')
  await dialog.getByLabel('Why').fill('They cannot find an invoice')
  await dialog.getByRole('button', { name: /^View as/ }).click()

  const banner = page.getByRole('complementary', { name: 'View as client' })
  await expect(banner).toContainText('Renee Okafor looks at the portal of Hadley & Moss Architects')
  await expect(page.getByRole('link', { name: /^Pay / })).toHaveCount(0)
  for (const place of ['invoices', 'statement', 'receipts', 'methods', 'people', 'pay']) {
    await page.goto(`/m/larkfield/${place}`)
    await expect(banner, place).toBeVisible()
  }
  await expect(page.getByRole('button', { name: /^Pay / })).toHaveCount(0)
  // Asked beside the page: that it is not there is no complaint of the browser's.
  expect((await page.request.get('/m/larkfield/security')).status()).toBe(404)

  await page.goto('/m/larkfield')
  await banner.getByRole('button', { name: 'Leave the portal' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hadley & Moss Architects' })).toBeVisible()
  await page.goto('/m/larkfield/invoices')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto('/console/audit?q=looked at the portal')
  await expect(page.getByRole('table', { name: 'Audit trail' })).toContainText('They cannot find an invoice')
})
