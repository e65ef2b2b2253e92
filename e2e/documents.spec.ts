import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { answered, expect, type Page, test } from './pages/test.ts'

const pdf = (object: string) => ({
  name: 'w9.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n1 0 obj\n${object}\nendobj\nstartxref\n9\n%%EOF\n`),
})

test('what the MSP hands to a client stands in that client’s portal to be saved, until it is withdrawn', async ({
  page,
  context,
  complaints,
  otherBrowser,
}) => {
  const dana = (await contacts()).find(({ email }) => email === 'dana@hadleymoss.example')
  await asOwner(context)
  await page.goto('/console/clients?q=hadley')
  await page.getByRole('link', { name: dana?.client ?? '' }).click()
  await page.getByRole('link', { name: 'Hand one out' }).click()
  const form = page.getByRole('region', { name: `For ${dana?.client}` })
  await form.getByLabel('Title').fill('Form 1099-NEC')
  await form.getByLabel('Year').fill('2025')
  await form.getByLabel('File').setInputFiles(pdf('<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'))
  await form.getByRole('button', { name: 'Hand it out' }).click()
  await expect(form.getByText(/The PDF does something by itself/)).toBeVisible()
  await expect(form.getByLabel('Title')).toHaveValue('Form 1099-NEC')
  await form.getByLabel('File').setInputFiles(pdf('<</Type/Catalog>>'))
  await form.getByRole('button', { name: 'Hand it out' }).click()
  await expect(page.getByText('Handed out. It stands in the portal now.')).toBeVisible()

  const client = await otherBrowser()
  await asContact(client.context(), dana?.email ?? '')
  await client.goto('/m/larkfield')
  await client.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Documents' }).click()
  const paper = client.getByRole('link', { name: /^Form 1099-NEC, 2025/ })
  const [saved] = await Promise.all([client.waitForEvent('download'), paper.click()])
  expect(saved.suggestedFilename()).toBe('Form-1099-NEC-2025.pdf')
  const address = (await paper.getAttribute('href')) ?? ''
  const answer = await client.request.get(address)
  expect(answer.headers()).toMatchObject({
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect(await answer.text()).toContain('%PDF-1.7')

  await withdraw(page, 'Form 1099-NEC, 2025')
  complaints.allow(answered(404))
  await client.reload()
  await expect(client.getByRole('heading', { level: 1, name: 'Documents' })).toBeVisible()
  await expect(paper).toHaveCount(0)
  expect((await client.request.get(address)).status()).toBe(404)
})

async function withdraw(page: Page, name: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('button', { name: 'Withdraw it' }).click()
  await expect(page.getByText('Withdrawn. The portal no longer shows it.')).toBeVisible()
  await expect(row.getByText('Withdrawn')).toBeVisible()
}
