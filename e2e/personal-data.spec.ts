import { product } from './pages/product.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

const priya = 'priya@hadleymoss.example'

test('somebody is given a role, takes a copy of what is kept about them, asks to be erased, reads why not, asks again, and is out once an owner has done it', async ({
  page,
  context,
  otherBrowser,
}) => {
  const clientId = await newColleague()
  await asOwner(context)
  await page.goto(`/console/clients/${clientId}`)
  await page.getByRole('button', { name: /^Role.*Priya Raman$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'The role of Priya Raman' })
  await dialog.getByLabel('Role in the portal').selectOption('payer')
  await dialog.getByRole('button', { name: 'Change the role' }).click()
  await expect(page.getByText('The role is changed.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'In the portal' })).toContainText('Priya RamanPayer')
  const client = await otherBrowser()
  await asContact(client.context(), priya)
  await client.goto('/m/larkfield/preferences')
  const wish = client.getByRole('checkbox', { name: 'Monthly statement by mail' })
  await expect(wish).not.toBeChecked()
  await wish.check()
  await client.getByRole('region', { name: 'Monthly statement' }).getByRole('button', { name: 'Save' }).click()
  await expect(client.getByText('Your choice of statement is kept.')).toBeVisible()
  await expect(wish).toBeChecked()
  await client.goto('/m/larkfield/personal-data')
  const [saved] = await Promise.all([
    client.waitForEvent('download'),
    client.getByRole('link', { name: 'Save a copy' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^personal-data-\d{4}-\d\d-\d\d\.json$/)
  const copy = await client.request.get('/m/larkfield/personal-data/json')
  expect(await copy.json()).toMatchObject({
    person: { name: 'Priya Raman', email: priya, statementFrom: expect.stringMatching(/-01$/) },
  })
  await client.getByRole('button', { name: 'Ask to be erased' }).click()
  await client.getByRole('button', { name: 'Ask Larkfield IT' }).click()
  await expect(client.getByText('Larkfield IT has your request.')).toBeVisible()

  await page.goto('/console/settings/privacy')
  await page.getByRole('link', { name: 'Priya Raman' }).click()
  await page.getByRole('button', { name: 'Decline', exact: true }).click()
  await page.getByLabel('Why').fill('Who signed the lease, please?')
  await page.getByRole('button', { name: 'Decline and tell them' }).click()
  await expect(page.getByText('Declined. They are mailed your reason')).toBeVisible()
  await client.goto('/m/larkfield/personal-data')
  await expect(client.getByText('Who signed the lease, please?')).toBeVisible()
  await client.getByRole('button', { name: 'Ask to be erased' }).click()
  await client.getByRole('button', { name: 'Ask Larkfield IT' }).click()
  await expect(client.getByText('Larkfield IT has your request.')).toBeVisible()
  await forNoMailUnderWay()

  await page.goto('/console/settings/privacy')
  await page.getByRole('link', { name: 'Priya Raman' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Erase Priya Raman' })).toBeVisible()
  await page.getByRole('button', { name: 'Erase', exact: true }).click()
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await expect(page.getByText('Erased. They cannot come in any more')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Priya Raman' })).toHaveCount(0)

  await client.goto('/m/larkfield/personal-data')
  await expect(client.getByLabel('Email address')).toBeVisible()
})

/** The mail with the reason has left: until then she cannot be erased. */
async function forNoMailUnderWay(): Promise<void> {
  const { withTenant, sql } = await product()
  const waiting = () =>
    withTenant(stack().owner.tenantId, (tx) =>
      tx.rows(sql`select 1 from messages where tenant_id = ${tx.tenantId} and to_email = ${priya} and state <> 'sent'`),
    )
  await expect.poll(waiting, { timeout: 60_000 }).toEqual([])
}

/** Somebody at a client of whom no other journey knows. @returns the client */
async function newColleague(): Promise<string> {
  const { withTenant, sql, newId } = await product()
  const dana = (await contacts()).find(({ email }) => email === 'dana@hadleymoss.example')
  const made = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row<{ clientId: string }>(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      select p.tenant_id, ${newId()}, p.client_id, 'Priya Raman', ${priya}, false, 'viewer', '', '{}'
      from contacts p where p.tenant_id = ${tx.tenantId} and p.id = ${dana?.id ?? null}
      returning client_id`),
  )
  if (made === undefined) throw new Error('Nobody was made')
  return made.clientId
}
