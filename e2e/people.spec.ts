import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { product } from './pages/product.ts'
import { staySignedIn } from './pages/sessions.ts'
import { expect, type Page, test } from './pages/test.ts'
import { forgetEntering } from './pages/throttles.ts'
import { stack } from './support/stack.ts'

const home = '/m/larkfield'
const client = 'Kestrel Freight'
test.beforeEach(forgetEntering)

test('a client’s owner lets a colleague in, makes them a viewer and takes them out; each time they learn it, and may do no more than that', async ({
  page,
  context,
  otherBrowser,
}) => {
  const mark = Date.now().toString(36)
  await staySignedIn(context, 'contact', stack().owner.tenantId, await newOwner(`olive-${mark}@kestrel.example`))
  const email = `noor-${mark}@kestrel.example`
  let after = await mailsSoFar()
  await page.goto(`${home}/people`)
  const invitation = page.getByRole('region', { name: 'Invite a colleague' })
  await invitation.getByLabel('Name').fill('Noor Haddad')
  await invitation.getByLabel('Email').fill(email)
  await invitation.getByRole('combobox', { name: 'Role' }).selectOption('Payer')
  await invitation.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText('They may come in; a mail tells them how.')).toBeVisible()
  const invited = await mailLike({ to: email, subject: `${client}: you may see the invoices of Larkfield IT`, after })
  expect(invited.text).toContain('Olive Hart')

  const noor = await otherBrowser()
  await signIn(noor, email)
  await noor.goto(`${home}/pay`)
  await expect(noor.getByRole('button', { name: /^Pay/ })).toBeVisible()

  after = await mailsSoFar()
  await page.getByRole('button', { name: /^Role.*Noor Haddad$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'The role of Noor Haddad' })
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption('Viewer')
  await dialog.getByRole('button', { name: 'Change the role' }).click()
  await expect(page.getByText('The role is changed.')).toBeVisible()
  const told = await mailLike({ to: email, subject: `${client}: your role with Larkfield IT is now Viewer`, after })
  expect(told.text).toContain('Your role was Payer. It is now Viewer, from your next sign-in.')
  expect(told.text).toContain('Olive Hart')
  await noor.goto(`${home}/pay`)
  await expect(noor.getByLabel('Email address')).toBeVisible()
  await signIn(noor, email)
  await noor.goto(`${home}/pay`)
  await expect(noor.getByText('Your role lets you see invoices, not pay them.')).toBeVisible()
  await noor.goto(`${home}/preferences`)
  const always = noor.getByRole('listitem').filter({ hasText: 'A change of what you may do here' })
  await expect(always).toContainText('It cannot be switched off.')
  await expect(always.getByRole('checkbox')).toHaveCount(0)

  await page.getByRole('button', { name: /^Remove.*Noor Haddad$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Noor Haddad' }).click()
  await expect(page.getByText('They are out, everywhere.')).toBeVisible()
  await noor.goto(`${home}/invoices`)
  await expect(noor.getByLabel('Email address')).toBeVisible()
})

async function signIn(page: Page, email: string): Promise<void> {
  const after = await mailsSoFar()
  await page.goto(`${home}/sign-in`)
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.goto(linkIn(await mailLike({ to: email, subject: 'Sign in to Larkfield IT', after }), '/sign-in/confirm'))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.locator('summary', { hasText: 'Signed in as Noor' })).toBeVisible()
}

async function newOwner(email: string): Promise<string> {
  const { withTenant, sql, newId } = await product()
  const id = newId()
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      select ${tx.tenantId}, ${id}, id, 'Olive Hart', ${email}, false, 'owner', '', '{}' from clients where tenant_id = ${tx.tenantId} and name = ${client}`),
  )
  return id
}
