import { mailLike, mailsSoFar } from './pages/mailbox.ts'
import { asOwner } from './pages/sessions.ts'
import { expect, test } from './pages/test.ts'

// The refund in French: no other journey reads that mail.
const page = '/console/settings/mail/refund_made?language=fr-CA'

test('staff have the sender checked, word a mail, see it as it will be, have a sample sent to themselves, keep it, and go back to our words', async ({
  page: console,
  context,
}) => {
  await asOwner(context)
  await console.goto('/console/settings/mail')
  // Whatever name server this machine has, or none: what it says is kept, and shown.
  await console.getByRole('button', { name: 'Check now' }).click()
  await expect(console.getByText(/^As of /)).toBeVisible({ timeout: 60_000 })
  await expect(console.getByRole('heading', { name: 'DMARC' })).toBeVisible()
  await console.getByRole('link', { name: 'Refund' }).click()
  await console.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'French' }).click()
  await expect(console).toHaveURL(new RegExp(`${page.replace('?', '\\?')}$`))
  await expect(console.getByLabel('Subject')).toHaveValue('Remboursement de {sender} : {amount} pour {invoices}')

  await console.getByLabel('Opening').fill('Bonjour, {clint}.')
  await expect(console.getByText('{clint} is nothing we can fill in.')).toBeVisible()
  await console.getByLabel('Opening').fill('Nous vous rendons {amount}, <b>{client}</b>.')
  const preview = console.getByTitle('Preview of the mail')
  await expect(preview).toHaveAttribute('src', /Nous\+vous\+rendons/)
  const shown = await console.request.get((await preview.getAttribute('src')) ?? '')
  expect(await shown.text()).toContain('&lt;b&gt;Clinique Exemple&lt;/b&gt;')

  const after = await mailsSoFar()
  await console.getByRole('button', { name: 'Send me a test' }).click()
  await expect(console.getByText('A sample is on its way to')).toBeVisible()
  const mail = await mailLike({ subject: 'Exemple : Remboursement de', after })
  expect(mail.text).toMatch(/Nous vous rendons 200,00.*, <b>Clinique Exemple<\/b>\./)

  await console.getByRole('button', { name: 'Save the words' }).click()
  await expect(console.getByText('Saved. The next mail of this kind says it.')).toBeVisible()
  await expect(console.getByRole('heading', { name: 'Earlier words' })).toBeVisible()
  await console.reload()
  await expect(console.getByLabel('Opening')).toHaveValue('Nous vous rendons {amount}, <b>{client}</b>.')
  await console.getByRole('button', { name: 'Take our words' }).click()
  await console.getByRole('button', { name: 'Save the words' }).click()
  await expect(console.getByText('Saved. The next mail of this kind says it.')).toBeVisible()
  await console.goto('/console/audit')
  await expect(console.getByRole('cell', { name: 'changed what mails say' }).first()).toBeVisible()
})
