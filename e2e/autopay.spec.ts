import type { BrowserContext, Page } from '@playwright/test'
import { simulatedToday, wind } from './pages/clock.ts'
import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { chargesOf, sumNear, theChargeOf } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'

// One without credit in the PSA: with credit a person is asked first.
const client = 'Fenwick Dental Group'
test.slow()

const agree = 'I may act for this card, and I agree to the authorization above.'

test('automatic payment is agreed to after paying, announced, charged on the day, seen, and ended', async ({
  page,
  context,
}) => {
  const first = await issueAndReceive(client, await sumNear(71_100))
  const pay = new PayPage(page)
  await asPayer(context)
  await page.goto(`/m/larkfield/invoices?number=${first.number}`)
  await page.getByRole('link', { name: `Invoice ${first.number}` }).click()
  await page.getByRole('link', { name: /^Pay \$/ }).click()
  await pay.fillCard()
  await page.getByRole('checkbox', { name: agree }).check()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()

  await expect(
    page.getByText('Pay the next invoices automatically on their due date with Visa credit, 4242?'),
  ).toBeVisible()
  const words = page.getByRole('region', { name: 'Authorization' })
  await expect(words).toContainText('Larkfield IT, Inc. to charge Visa credit, 4242 without asking again')
  await expect(words).toContainText('whatever it comes to')
  const limit = page.getByLabel('Limit for one invoice, if you want one')
  await limit.fill('lots')
  await page.getByRole('button', { name: 'Agree and pay automatically' }).click()
  await expect(page.getByText('Write the limit as an amount, or leave it empty.')).toBeVisible()
  await limit.fill('2000')
  await expect(words).toContainText('each invoice of $2,000.00 or less')
  let after = await mailsSoFar()
  await page.getByRole('button', { name: 'Agree and pay automatically' }).click()
  await expect(page.getByText('Automatic payment is on', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Agree and pay automatically' })).toHaveCount(0)
  const copy = await mailLike({ subject: 'Automatic payment to Larkfield IT is on', after })
  expect(copy.text).toContain('each invoice of $2,000.00 or less')

  after = await mailsSoFar()
  const next = await issueAndReceive(client, await sumNear(71_200), { dueOn: await daysFromNow(3) })
  const above = await issueAndReceive(client, await sumNear(271_300), { dueOn: await daysFromNow(3) })
  const notice = await mailLike({ subject: `Larkfield IT charges ${next.sum} on`, after })
  expect(notice.text).toContain('As you agreed')
  expect(await chargesOf(next.totalCents)).toEqual([])

  await page.goto('/m/larkfield')
  await expect(page.getByRole('link', { name: 'Automatic payment from Visa credit, 4242' })).toBeVisible()
  await expect(page.getByText(`Invoice ${next.number}, because it falls due`)).toBeVisible()
  await page.goto('/m/larkfield/methods')
  const card = page.getByRole('region', { name: 'Automatic payment' })
  await expect(card).toContainText(`Invoice ${above.number} waits for you: it is above your limit.`)
  await expect(page.getByText(/It cannot be removed while automatic payment needs it/)).toBeVisible()

  await wind({ days: 3 })
  // What is due is looked for every minute.
  await expect.poll(() => chargesOf(next.totalCents), { timeout: 100_000 }).toHaveLength(1)
  await mailLike({ subject: `Receipt from Larkfield IT: ${next.sum}`, after: Number(notice.id) })
  expect((await theChargeOf(next.totalCents)).status).toBe('succeeded')
  expect(await chargesOf(above.totalCents)).toEqual([])

  await asOwner(context)
  await page.goto('/console/clients')
  await page.getByRole('link', { name: client }).first().click()
  await expect(page.getByRole('region', { name: 'Automatic payment' })).toContainText(`Invoice ${above.number} waits`)

  await asPayer(context)
  await page.goto('/m/larkfield/methods?lang=fr')
  const french = page.getByRole('region', { name: 'Paiement automatique' })
  await endAutomatic(page)
  await expect(french).toContainText('Il est désactivé')
  await expect(page.getByText(/Paiement automatique par carte/)).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByText(/^Visa crédit, 4242$/)
      .first(),
  ).toBeVisible()

  // Without a payment: with what is saved, in as many words.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Visa crédit, 4242' })
    .getByRole('link', { name: 'Payer automatiquement ainsi' })
    .click()
  await page.getByRole('button', { name: 'Accepter et payer automatiquement' }).click()
  await expect(french).toContainText('sont payées à l’échéance avec Visa')
  await endAutomatic(page)
  await expect(french).toContainText('Il est désactivé')
})

test('whoever holds a link is offered it only for what was saved through it', async ({ page }) => {
  const [plain, saved] = [
    await issueAndReceive('Orchard Street Legal', await sumNear(71_400)),
    await issueAndReceive('Orchard Street Legal', await sumNear(71_500)),
  ]
  const pay = new PayPage(page)
  const button = page.getByRole('button', { name: 'Agree and pay automatically' })
  await pay.open(plain.payLink)
  await pay.fillCard()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  await expect(button).toHaveCount(0)
  await pay.open(saved.payLink)
  await pay.fillCard()
  await page.getByRole('checkbox', { name: agree }).check()
  await pay.pay()
  await button.click()
  await expect(page.getByText('Automatic payment is on', { exact: true })).toBeVisible()
  const mail = await mailLike({ subject: 'Automatic payment to Larkfield IT is on' })
  expect(linkIn(mail, '/methods')).toContain('/m/larkfield/methods')
})

async function asPayer(context: BrowserContext): Promise<void> {
  const payer = (await contacts()).find((one) => one.client === client && one.role !== 'viewer')
  await asContact(context, payer?.email ?? '')
}

async function daysFromNow(days: number): Promise<string> {
  const on = new Date(`${await simulatedToday()}T12:00:00Z`)
  on.setUTCDate(on.getUTCDate() + days)
  return on.toISOString().slice(0, 10)
}

async function endAutomatic(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mettre fin au paiement automatique' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mettre fin au paiement automatique' }).click()
}
