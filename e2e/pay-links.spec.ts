import { newToken } from '@/lib/base/ids'
import { simulatedToday } from './pages/clock.ts'
import { openInvoice } from './pages/console.ts'
import { expiredStatementLink } from './pages/dead-links.ts'
import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { dollars } from './pages/money.ts'
import { PayPage } from './pages/pay-page.ts'
import { product } from './pages/product.ts'
import { changeInPsa, issueAndReceive, psaInvoice } from './pages/psa.ts'
import { asOwner } from './pages/sessions.ts'
import { sumNear } from './pages/stripe.ts'
import { answered, expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

const client = 'Kestrel Freight'

test('the wrong person passes the invoice on: the right one gets a link, this one closes, PSA and staff know', async ({
  page,
}) => {
  const invoice = await issueAndReceive(client, await sumNear(31_100))
  await page.goto(invoice.payLink)
  await page.getByText('Not yours to pay?').click()
  const address = page.getByLabel('Their email')
  await address.fill('nobody')
  await page.getByRole('button', { name: 'Send it to them' }).click()
  await expect(page.getByText('An address has an @ and a dot after it')).toBeVisible()
  await expect(address).toHaveValue('nobody')

  const after = await mailsSoFar()
  await address.fill('payables@kestrelfreight.example')
  await page.getByRole('button', { name: 'Send it to them' }).click()
  await expect(page.getByText('Sent to payables@kestrelfreight.example')).toBeVisible()
  const mail = await mailLike({ to: 'payables@kestrelfreight.example', subject: `Invoice ${invoice.number} `, after })

  await page.goto(invoice.payLink)
  await expect(page.getByRole('heading', { name: 'This link was passed on' })).toBeVisible()
  await page.goto(linkIn(mail, '/pay/'))
  await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
  await expect
    .poll(async () => (await psaInvoice(invoice.number)).internalNotes)
    .toContain('passed this invoice on to payables@kestrelfreight.example')
})

test('staff close every link of an invoice; whoever opens one is offered a new link to the address on file', async ({
  page,
  context,
}) => {
  const invoice = await issueAndReceive(client, await sumNear(31_200))
  await asOwner(context)
  await openInvoice(page, invoice.number)
  await page.getByRole('button', { name: 'Close all links' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close all links' }).click()
  await expect(page.getByText('Every link to this invoice is closed.')).toBeVisible()

  await page.goto(invoice.payLink)
  await expect(page.getByRole('heading', { name: 'This link was replaced' })).toBeVisible()
  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Send a new link' }).click()
  const mail = await mailLike({ to: invoice.to, subject: `Invoice ${invoice.number} `, after })
  await page.goto(linkIn(mail, '/pay/'))
  await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
})

test('an invoice the PSA has changed since its mail says on its old link what is otherwise now', async ({ page }) => {
  const cents = await sumNear(31_300)
  const invoice = await issueAndReceive(client, cents)
  await changeInPsa(invoice.id, cents - 1_000)
  const now = dollars(cents - 1_000)
  await expect(async () => {
    await page.goto(invoice.payLink)
    await expect(page.getByRole('heading', { level: 1, name: now })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  const notice = page.getByText('This invoice has changed since').locator('..')
  await expect(notice.getByRole('listitem')).toHaveText([
    `Total: ${invoice.sum} before, ${now} now`,
    `Remote support: ${invoice.sum} before, ${now} now`,
  ])
})

test('what a client owes is paid from one link: the one staff send, and the one of the monthly statement', async ({
  page,
  context,
  otherBrowser,
}) => {
  test.setTimeout(240_000)
  const owing = 'Penfield Veterinary Clinic'
  const [first, second] = [
    await issueAndReceive(owing, await sumNear(31_500)),
    await issueAndReceive(owing, await sumNear(31_600)),
  ]
  await asOwner(context)
  await openInvoice(page, first.number)
  await page.getByRole('main').getByRole('link', { name: owing }).click()
  const sent = await mailsSoFar()
  await page.getByRole('button', { name: /^Send open invoices/ }).click()
  await expect(page.getByText('The open invoices are being mailed')).toBeVisible()
  const byStaff = await mailLike({ to: first.to, subject: 'Open invoices from ', after: sent })
  for (const { number } of [first, second]) expect(byStaff.text).toContain(number)

  await askForStatement(first.to)
  const statement = { to: first.to, subject: 'Your statement from ', after: sent }
  // The night reads the whole PSA first.
  await expect(async () => void (await mailLike(statement))).toPass({ timeout: 170_000 })
  const byMonth = await mailLike(statement)
  const link = linkIn(byMonth, '/pay/')
  expect(link).not.toBe(linkIn(byStaff, '/pay/'))
  const reader = await otherBrowser()
  await reader.goto(link)
  await expect(reader.getByText(`Open invoices of ${owing}`)).toBeVisible()
  const list = reader.getByRole('table', { name: 'Every invoice' })
  for (const { number, sum } of [first, second])
    await expect(list.getByRole('row').filter({ hasText: number })).toContainText(sum)
  const pay = new PayPage(reader)
  await pay.fillCard()
  await pay.pay()
  await expect(reader.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  await reader.getByRole('link', { name: 'All open invoices' }).click()
  await expect(reader.getByText('Everything is paid. Thank you.')).toBeVisible()
  for (const { number } of [first, second])
    await expect(list.getByRole('row').filter({ hasText: number })).toContainText('Paid')

  await page.reload()
  await page.getByRole('button', { name: 'Close all links' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close all links' }).click()
  await expect(page.getByText('Every link to the open invoices of this client is closed.')).toBeVisible()
  await reader.goto(link)
  await expect(reader.getByRole('heading', { name: 'This link was replaced' })).toBeVisible()
})

test('an expired link to a statement sends a new one to the address on file; on that page a question is asked, and the link passed on', async ({
  page,
}) => {
  const owing = 'Canal Side Brewing'
  const [invoice, other] = [
    await issueAndReceive(owing, await sumNear(31_700)),
    await issueAndReceive(owing, await sumNear(31_750)),
  ]
  await page.goto(await expiredStatementLink(owing))
  await expect(page.getByRole('heading', { level: 1, name: 'This link has expired' })).toBeVisible()
  await expect(page.getByText(invoice.number)).toHaveCount(0)
  const after = await mailsSoFar()
  await page.getByRole('button', { name: 'Send a new link' }).click()
  await expect(page.getByText('A new link is on its way')).toBeVisible()
  const link = linkIn(await mailLike({ to: invoice.to, subject: 'Open invoices from ', after }), '/pay/')
  await page.goto(link)
  await expect(page.getByText(`Open invoices of ${owing}`)).toBeVisible()

  await page.getByText('I have a question').click()
  await page.getByLabel('Which invoice is it about?').selectOption(`Invoice ${invoice.number}, ${invoice.sum}`)
  await page.getByLabel('What is your question?').fill('Is the cabling done?')
  await page.getByLabel('The amount it is about').fill('12.00')
  await page.getByRole('button', { name: /^Ask / }).click()
  await expect(page.getByText('$12.00 waits: your question is with')).toBeVisible()
  await expect(page.getByText('Is the cabling done?')).toBeVisible()
  await expect.poll(async () => (await psaInvoice(invoice.number)).internalNotes).toContain('Is the cabling done?')

  const sent = await mailsSoFar()
  await page.getByText('Not yours to pay?').click()
  await page.getByLabel('Their email').fill('ap@canalside.example')
  await page.getByRole('button', { name: 'Send it to them' }).click()
  await expect(page.getByText('Sent to ap@canalside.example')).toBeVisible()
  const passedOn = await mailLike({ to: 'ap@canalside.example', subject: 'Open invoices from ', after: sent })
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link was passed on' })).toBeVisible()
  await page.goto(linkIn(passedOn, '/pay/'))
  await expect(page.getByText(`Open invoices of ${owing}`)).toBeVisible()
  for (const { number } of [invoice, other])
    await expect
      .poll(async () => (await psaInvoice(number)).internalNotes)
      .toContain('passed this one on with them to ap@canalside.example')
})

/** Somebody asked for the monthly statement long ago, and its night has come. */
async function askForStatement(email: string): Promise<void> {
  const { withTenant, sql, announce } = await product()
  const { tenantId } = stack().owner
  const on = await simulatedToday()
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      update contacts set statement_from = '2026-01-01', role = 'payer' where tenant_id = ${tx.tenantId} and email = ${email}`)
    await announce(tx, { kind: 'clock.nightly', on }, `statement of ${email}`)
  })
}

test('guesses find nothing, learn nothing and are slowed down; the one who has a link gets in beside them', async ({
  page,
  complaints,
}) => {
  test.setTimeout(180_000)
  complaints.allow(answered(429))
  const invoice = await issueAndReceive(client, await sumNear(31_400))
  const statuses = new Map<number, number>()
  const texts = new Set<string>()
  const guess = async () => {
    const answer = await fetch(`${stack().web}/m/larkfield/pay/${newToken()}`)
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    texts.add(textOf(await answer.text()))
  }
  for (let round = 0; round < 100; round++) {
    await Promise.all(Array.from({ length: 25 }, guess))
    if (round !== 50) continue
    // From the very same address, in the middle of it.
    await page.goto(invoice.payLink)
    await expect(page.getByRole('heading', { level: 1, name: invoice.sum })).toBeVisible()
  }
  expect([...statuses.keys()].sort()).toEqual([200, 429])
  expect(statuses.get(429)).toBeGreaterThan(2_000)
  expect([...texts].filter((text) => !/This link does not work|Too many links/.test(text))).toEqual([])
  expect(texts.size).toBe(2)
})

/** What a reader sees; scripts carry nonces that differ every time. */
function textOf(html: string): string {
  const body = html.replaceAll(/<(script|style)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]+>/g, ' ')
  return body.replaceAll(/\s+/g, ' ').trim()
}
