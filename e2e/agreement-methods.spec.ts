import { simulatedToday } from './pages/clock.ts'
import { mailLike, mailsSoFar } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { product } from './pages/product.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asOwner, staySignedIn } from './pages/sessions.ts'
import { sumNear, theChargeOf } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

test.slow()
const client = 'Lakeview Pediatrics'
const agree = 'I may act for this card, and I agree to the authorization above.'

test('one agreement is paid with another card: chosen, offered at the checkout, authorized, needed, replaced', async ({
  page,
  context,
  otherBrowser,
}) => {
  const { addDays } = await product()
  const dueOn = addDays(await simulatedToday(), 3)
  const [care, cloud] = [
    await issueAndReceive(client, await sumNear(91_100), { dueOn }),
    await issueAndReceive(client, await sumNear(91_200), { dueOn }),
  ]
  const agreementId = await agreementOf(cloud.number)
  const robin = await payerOf(cloud.number)
  await staySignedIn(context, 'contact', stack().owner.tenantId, robin.contactId)
  await page.goto('/m/larkfield/methods')
  await save(page, '4242 4242 4242 4242')
  await save(page, '5555 5555 5555 4444')

  const choices = page.getByRole('region', { name: 'What pays each agreement' })
  await choices.getByLabel('Cloud licences').selectOption({ label: 'Mastercard credit, 4444' })
  await choices.getByRole('listitem').filter({ hasText: 'Cloud licences' }).getByRole('button').click()
  const saved = page.getByRole('region', { name: 'Saved cards and accounts' })
  const rowOf = (name: string) =>
    saved.getByRole('listitem').filter({ has: page.locator('span.font-medium', { hasText: name }) })
  const mastercard = rowOf('Mastercard credit, 4444')
  await expect(mastercard).toContainText('It cannot be removed while it pays an agreement.')
  await expect(mastercard).toContainText('Agreement “Cloud licences”')
  await expect(mastercard.getByRole('button', { name: 'Remove', exact: true })).toHaveCount(0)

  const ids = await idsOf([care.number, cloud.number])
  await page.goto(`/m/larkfield/pay?${ids.map((id) => `invoice=${id}`).join('&')}`)
  await expect(page.getByRole('radio', { name: /^Visa credit, 4242/ })).toBeChecked()
  await page.getByRole('checkbox', { name: care.number }).uncheck()
  await expect(page.getByRole('radio', { name: /^Mastercard credit, 4444/ })).toBeChecked()
  await expect(page.getByText('Chosen for Cloud licences')).toBeVisible()
  const pay = new PayPage(page)
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect((await theChargeOf(cloud.totalCents)).status).toBe('succeeded')
  expect(await paidWith(cloud.number)).toBe('Mastercard credit, 4444')

  await page.goto('/m/larkfield/methods')
  await rowOf('Visa credit, 4242').getByRole('link', { name: 'Pay automatically with this' }).click()
  let after = await mailsSoFar()
  const copyLike = { to: robin.email, subject: 'Automatic payment to Larkfield IT is on' }
  await page.getByRole('button', { name: 'Agree and pay automatically' }).click()
  await expect(choices).toContainText(
    'Automatic payment charges Visa credit, 4242 for its invoices until you authorize Mastercard credit, 4444.',
  )
  await mailLike({ ...copyLike, after })
  after = await mailsSoFar()
  await choices.getByRole('button', { name: 'Authorize Mastercard credit, 4444' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('to charge Mastercard credit, 4444 without asking again')
  await expect(dialog).toContainText('each invoice of the agreement “Cloud licences”, whatever it comes to')
  await dialog.getByRole('button', { name: 'Agree', exact: true }).click()
  await expect(choices).toContainText('Automatic payment charges Mastercard credit, 4444 for its invoices too.')
  const copy = await mailLike({ ...copyLike, after })
  expect(copy.text.replace(/\s+/g, ' ')).toContain('each invoice of the agreement “Cloud licences”')

  const staff = await otherBrowser()
  await asOwner(staff.context())
  await staff.goto(`/console/clients/${robin.clientId}`)
  await expect(staff.getByRole('region', { name: 'Cloud licences' })).toContainText(
    'The client chose Mastercard credit, 4444 for its invoices, and lets us charge it by ourselves.',
  )

  await page.goto('/m/larkfield/methods?lang=fr')
  const ententes = page.getByRole('region', { name: 'Ce qui paie chaque entente' })
  await expect(ententes).toContainText('Le paiement automatique débite aussi')
  await expect(page.getByRole('main')).toContainText('Entente « Cloud licences »')

  await page.goto('/m/larkfield/methods')
  await mastercard.getByLabel('Use instead for all of them').selectOption({ label: 'Visa credit, 4242' })
  await mastercard.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect(choices.getByLabel('Cloud licences')).toHaveValue(/.+/)
  await expect(choices.getByLabel('Cloud licences').locator('option:checked')).toHaveText('Visa credit, 4242')
  await mastercard.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(saved.getByText('Mastercard credit, 4444')).toHaveCount(0)
  expect(await trailOf(agreementId)).toEqual([
    'agreement.method_chosen',
    'agreement.method_authorized',
    'agreement.method_chosen',
  ])
  await page.getByRole('button', { name: 'End automatic payment' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End automatic payment' }).click()
  await expect(choices).not.toContainText('Automatic payment')
})

async function save(page: Page, number: string): Promise<void> {
  const pay = new PayPage(page)
  await page.getByRole('button', { name: 'Save a card or bank account' }).click()
  await page.getByRole('radio', { name: /^Card/ }).check()
  await pay.fields.getByLabel('Card number').fill(number)
  await pay.fields.getByLabel('Expiration date').fill('12/34')
  await pay.fields.getByLabel('Security code').fill('123')
  await pay.fields.getByLabel('ZIP code').fill('14604')
  await page.getByRole('checkbox', { name: agree }).check()
  await page.getByRole('button', { name: 'Save this card' }).click()
  await expect(page.getByText('The card is saved.')).toBeVisible()
  await page.goto('/m/larkfield/methods')
}

/** Somebody who may pay for the client of this invoice. */
async function payerOf(number: string): Promise<{ contactId: string; clientId: string; email: string }> {
  const { withTenant, sql, newId } = await product()
  const [contactId, email] = [newId(), 'robin@lakeviewpeds.example']
  const added = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row<{ clientId: string }>(sql`
      insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
      select ${tx.tenantId}, ${contactId}, client_id, 'Robin Vale', ${email}, false, 'payer', '', '{}' from invoices where tenant_id = ${tx.tenantId} and number = ${number}
      returning client_id`),
  )
  if (added === undefined) throw new Error(`No invoice ${number}`)
  return { contactId, clientId: added.clientId, email }
}

/** The client's agreement about cloud licences, which this invoice belongs to. */
async function agreementOf(number: string): Promise<string> {
  const { withTenant, sql, newId } = await product()
  const id = newId()
  await withTenant(stack().owner.tenantId, async (tx) => {
    await tx.run(sql`
      insert into agreements (tenant_id, id, client_id, name, status, source_hash, source)
      select ${tx.tenantId}, ${id}, client_id, 'Cloud licences', 'Active', '', '{}' from invoices where tenant_id = ${tx.tenantId} and number = ${number}`)
    await tx.run(sql`update invoices set agreement_id = ${id} where tenant_id = ${tx.tenantId} and number = ${number}`)
  })
  return id
}

async function idsOf(numbers: string[]): Promise<string[]> {
  const { withTenant, sql } = await product()
  const rows = await withTenant(stack().owner.tenantId, (tx) =>
    tx.rows<{ id: string }>(
      sql`select id from invoices where tenant_id = ${tx.tenantId} and number = any(${numbers}::text[])`,
    ),
  )
  return rows.map(({ id }) => id)
}

async function paidWith(number: string): Promise<string | undefined> {
  const { withTenant, sql } = await product()
  const row = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row<{ label: string }>(sql`
      select m.label from invoices i
      join allocations l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
      join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id and a.state = 'succeeded'
      join methods m on m.tenant_id = a.tenant_id and m.id = a.method_id
      where i.tenant_id = ${tx.tenantId} and i.number = ${number}`),
  )
  return row?.label
}

async function trailOf(agreementId: string): Promise<string[]> {
  const { withTenant, sql } = await product()
  const rows = await withTenant(stack().owner.tenantId, (tx) =>
    tx.rows<{ action: string }>(
      sql`select action from audit_entries where tenant_id = ${tx.tenantId} and subject_id = ${agreementId} order by id`,
    ),
  )
  return rows.map(({ action }) => action)
}
