import { product } from './pages/product.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

const priya = 'priya@hadleymoss.example'

test('somebody takes a copy of what is kept about them, asks to be erased, and is out once an owner has done it', async ({
  page,
  context,
  otherBrowser,
}) => {
  await newColleague()
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

  await asOwner(context)
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

/** Somebody at a client of whom no other journey knows. */
async function newColleague(): Promise<void> {
  const { withTenant, sql, newId } = await product()
  const dana = (await contacts()).find(({ email }) => email === 'dana@hadleymoss.example')
  await withTenant(stack().owner.tenantId, (tx) =>
    tx.run(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      select p.tenant_id, ${newId()}, p.client_id, 'Priya Raman', ${priya}, false, 'viewer', '', '{}'
      from contacts p where p.tenant_id = ${tx.tenantId} and p.id = ${dana?.id ?? null}`),
  )
}
