import { connections, disconnect } from './pages/connections.ts'
import { compareUntil } from './pages/console.ts'
import { issueInvoice, spoil } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { eventually, expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

// Checking, disconnecting and connecting again the PSA and the books, as staff do it: afterwards all is as before.
test.describe.configure({ mode: 'serial' })
test.beforeEach(async ({ context }) => asOwner(context))

test('a row of the PSA that cannot be read is kept and shown with its reason, and leaves when it is well again', async ({
  page,
}) => {
  const invoice = await issueInvoice('Durand Plumbing Supply', 81_000)
  await spoil(invoice.id, 'total-as-text')
  await page.goto(`${connections}/connectwise`)
  const card = page.getByRole('region', { name: 'Rows we could not read' })
  await eventually(page, async () => expect(card).toBeVisible({ timeout: 500 }))
  await expect(card.getByRole('listitem')).toContainText(String(invoice.id))
  await page.getByRole('button', { name: 'Read now' }).click()
  await expect(page.getByText('Reading has begun.')).toBeVisible()
  await eventually(page, async () => {
    await card.getByText('As it came').click()
    await expect(card.locator('pre')).toContainText(invoice.number, { timeout: 500 })
  })
  await page.goto(connections)
  await expect(page.getByText('1 rows not read').or(page.getByText('1 row not read'))).toBeVisible()

  await spoil(invoice.id, 'healed')
  await page.goto(`${connections}/connectwise`)
  await eventually(page, async () => expect(card).toHaveCount(0, { timeout: 500 }))
})

test('ConnectWise: wrong keys are refused in its words, missing rights are listed, the right ones go on where it stopped', async ({
  page,
}) => {
  const { url, companyId, publicKey, privateKey, limited } = stack().services.connectwise
  await page.goto(`${connections}/connectwise`)
  await page.getByRole('button', { name: 'Check rights' }).click()
  await expect(page.getByText('ConnectWise answered.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Who we talk to' })).toContainText('Larkfield IT')

  await disconnect(page, 'ConnectWise')
  await expect(page.getByText('Not connected')).toHaveCount(1)
  await page.goto(`${connections}/connectwise`)
  await page.getByRole('button', { name: 'Connect ConnectWise' }).click()
  await expect(page.getByText('The shorter of the two keys')).toBeVisible() // what is missing, beside its field

  const connect = async (keys: { publicKey: string; privateKey: string }) => {
    await page.getByLabel('Address').fill(url)
    await page.getByLabel('Company id').fill(companyId)
    await page.getByLabel('Public key').fill(keys.publicKey)
    await page.getByLabel('Private key').fill(keys.privateKey)
    await page.getByRole('button', { name: 'Connect ConnectWise' }).click()
  }
  await connect({ publicKey, privateKey: 'not-the-key' })
  await expect(page.getByRole('alert').filter({ hasText: 'It was not connected.' })).toBeVisible()

  await connect(limited)
  await expect(page.getByText('Connected. The first full read has begun')).toBeVisible()
  const whom = page.getByRole('region', { name: 'Who we talk to' })
  await expect(whom.getByText(/thing is missing|things are missing/)).toBeVisible()
  await expect(whom.getByRole('listitem').first()).toBeVisible()

  await disconnect(page, 'ConnectWise')
  await page.goto(`${connections}/connectwise`)
  await connect({ publicKey, privateKey })
  await expect(whom.getByText(/missing/)).toHaveCount(0)
  await eventually(page, async () => {
    const invoices = page.getByRole('table', { name: 'Streams' }).getByRole('row').filter({ hasText: 'invoices' })
    await expect(invoices).toContainText('In step', { timeout: 1_000 })
  })
  await compareUntil(page, async () => expect(page.getByText('Ties out 0.00')).toBeVisible({ timeout: 1_000 }))
})

test('QuickBooks: a refusal at Intuit connects nothing; consent does, with an account for each use', async ({
  page,
  complaints,
}) => {
  complaints.allow(/favicon/) // of the stand-in
  await page.goto(`${connections}/quickbooks`)
  await expect(page.getByRole('region', { name: 'Accounts' })).toBeVisible()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('QuickBooks answered.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Who we talk to' })).toContainText('Larkfield IT')
  await disconnect(page, 'QuickBooks')

  for (const decision of ['Cancel', 'Authorize']) {
    await page.goto(`${connections}/quickbooks`)
    await page.getByRole('button', { name: 'Connect QuickBooks' }).click()
    await page.getByRole('heading', { name: 'Connect Closeloop to QuickBooks' }).waitFor()
    await page.getByRole('button', { name: decision }).click()
    await page.waitForURL('**/console/connections/quickbooks?**')
    if (decision === 'Cancel') await expect(page.getByText('It was not connected.')).toBeVisible()
  }
  await expect(page.getByText('We have chosen an account for each use')).toBeVisible()
  await expect(page.getByLabel(/fees/i).locator('option:checked')).toContainText('Processor fees')
  await page.getByRole('button', { name: 'Save accounts' }).click()
  await expect(page.getByText('The accounts are saved.')).toBeVisible()
})
