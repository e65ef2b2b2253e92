import { connections, disconnect } from './pages/connections.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { expect, test } from './pages/test.ts'

// The one journey that does not leave the world as it was: another Stripe account is connected from here on, so its name
// comes after the tie-out's, which compares the whole account.
test.beforeEach(async ({ context }) => asOwner(context))

test('Stripe: what it lets us do is checked; while it is disconnected clients see how else to pay', async ({
  page,
  otherBrowser,
  complaints,
}) => {
  complaints.allow(/favicon/) // of the stand-in
  const invoice = await issueAndReceive('Durand Plumbing Supply', 82_000)
  await page.goto(`${connections}/stripe`)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('Stripe answered.')).toBeVisible()
  await disconnect(page, 'Stripe')

  const client = await otherBrowser()
  await client.goto(invoice.payLink)
  await expect(client.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
  await expect(client.getByText('Make checks payable to Larkfield IT, Inc.')).toBeVisible()
  await expect(client.getByRole('button', { name: /^Pay/ })).toHaveCount(0)

  await page.goto(`${connections}/stripe`)
  await page.getByRole('button', { name: 'Start at Stripe' }).click()
  await page.getByRole('button', { name: 'Agree and submit' }).click()
  await page.waitForURL('**/console/connections/stripe?**')
  await expect(page.getByText('Back from Stripe.')).toBeVisible()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('Stripe answered.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Who we talk to' }).getByText(/missing/)).toHaveCount(0)
  await client.reload()
  await expect(client.getByRole('button', { name: `Pay ${invoice.sum} from bank` })).toBeVisible()
})
