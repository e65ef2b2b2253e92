import type { FrameLocator } from '@playwright/test'
import { simulatedToday, wind } from './pages/clock.ts'
import { allowSite, embedding, foreignSite, sessionFor } from './pages/foreign-site.ts'
import { mailLike, mailsSoFar } from './pages/mailbox.ts'
import { product } from './pages/product.ts'
import { addClient, issueAndReceive } from './pages/psa.ts'
import { asContact, asOwner, contacts } from './pages/sessions.ts'
import { chargesOf, returnDebit, sumNear } from './pages/stripe.ts'
import { expect, type Page, test } from './pages/test.ts'

const agreement = 'Accord de débit préautorisé'

/** A client in Quebec that is billed in Canadian dollars, and an invoice of its own. */
async function beaupre(near: number) {
  const name = `Ateliers Beaupré ${near}`
  const email = `comptes${near}@beaupre.example`
  await addClient({
    name,
    contact: { firstName: 'Maude', lastName: 'Gagnon', email },
    ...{ city: 'Québec', state: 'QC', zip: 'G1K 3R2', country: 'Canada', currency: 'CAD' },
  })
  // Whom to write to is read with the client, some time before its first invoice.
  await expect.poll(async () => (await contacts()).some((one) => one.email === email), { timeout: 90_000 }).toBe(true)
  return { ...(await issueAndReceive(name, await sumNear(near), {}, 'Facture')), name, email }
}

/** Stripe's own window, over the page. */
const dialogOf = (page: Page | FrameLocator) =>
  page.getByRole('dialog', { name: 'Débit préautorisé' }).locator('iframe').contentFrame()

const payButton = (page: Page | FrameLocator) => page.getByRole('button', { name: /^Payer .* par débit$/ })

test('an invoice in Canadian dollars is paid by pre-authorized debit, in French, and comes back when the bank says no', async ({
  page,
}) => {
  const invoice = await beaupre(128_450)
  // Beside the dollars of the United States, whose this is has to be said; at home it is the dollar.
  await page.goto(`${invoice.payLink}?lang=en`)
  await expect(page.getByRole('heading', { level: 1, name: `CA${invoice.sum}` })).toBeVisible()
  await page.goto(invoice.payLink)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^1\s284,\d{2}\s\$$/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA')
  await expect(page.getByRole('radio', { name: /^Compte bancaire \(débit préautorisé\)/ })).toBeChecked()
  await expect(page.getByRole('radio')).toHaveCount(2)
  await expect(page.getByText(/catégorie entreprise, pour un seul débit/)).toContainText('10 jours ouvrables')
  await expect(page.getByLabel('Courriel pour le reçu')).toHaveValue(invoice.email)

  // Whoever closes the window has agreed to nothing, and starts again.
  const dialog = dialogOf(page)
  await payButton(page).click()
  await dialog.getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'La fenêtre a été fermée' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toEqual([])

  // Left half-way, the same link takes it up again.
  await payButton(page).click()
  await dialog.getByRole('button', { name: 'Caisse du Saguenay' }).waitFor()
  await page.goto(invoice.payLink)
  await expect(page.getByRole('heading', { name: 'L’accord reste à accepter' })).toBeVisible()
  await expect(payButton(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Continuer vers l’accord' }).click()
  await dialog.getByRole('button', { name: 'Caisse du Saguenay' }).press('Enter')
  await dialog.getByRole('button', { name: 'Associer le compte' }).press('Enter')
  await expect(dialog.getByRole('heading', { name: agreement })).toBeFocused()
  await expect(dialog.getByText(invoice.email)).toBeVisible()
  await dialog.getByRole('button', { name: "J'accepte" }).click()

  await expect(page.getByRole('heading', { name: 'Votre paiement est en route' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Caisse du Saguenay, 6789')
  await expect(page.getByRole('main')).toContainText('jusqu’à 5 jours ouvrables')
  expect(await chargesOf(invoice.totalCents)).toMatchObject([{ status: 'pending' }])
  const confirmation = await mailLike({ to: invoice.email, subject: `pour facture ${invoice.number}` })
  expect(confirmation.text).toContain('une seule fois')
  expect(confirmation.text).toContain('droits de recours')

  await returnDebit(invoice.totalCents, '901')
  await mailLike({ to: invoice.email, subject: invoice.number, after: Number(confirmation.id) })
  await page.goto(invoice.payLink)
  await expect(page.getByText('La banque a retourné le débit : fonds insuffisants.')).toBeVisible()
  await expect(payButton(page)).toBeVisible()
})

test('who turns away from the agreement may pay by card at once', async ({ page }) => {
  const invoice = await beaupre(129_000)
  await page.goto(invoice.payLink)
  await payButton(page).click()
  await dialogOf(page).getByRole('button', { name: 'Caisse du Saguenay' }).waitFor()
  await page.goto(invoice.payLink)
  await page.getByRole('button', { name: 'Payer autrement' }).click()
  await expect(payButton(page)).toBeVisible()
  await page.getByRole('radio', { name: /^Carte/ }).check()
  await expect(page.getByRole('button', { name: /^Payer .* par carte$/ })).toBeVisible()
})

const keeps = /^Je peux agir pour ce compte. J’accepte cet accord de DPA/

/** Chooses an account in Stripe's window, and agrees. */
async function agreeIn(page: Page | FrameLocator): Promise<void> {
  const dialog = dialogOf(page)
  await dialog.getByRole('button', { name: 'Caisse du Saguenay' }).press('Enter')
  await dialog.getByRole('button', { name: 'Associer le compte' }).press('Enter')
  await dialog.getByRole('button', { name: "J'accepte" }).click()
}

/** From the list to the form that pays an invoice, in the portal. */
async function openToPay(page: Page, number: string): Promise<void> {
  await page.goto(`/m/larkfield/invoices?lang=fr&number=${number}`)
  await page.getByRole('link', { name: `Facture ${number}` }).click()
  await page.getByRole('link', { name: /^Payer / }).click()
}

test('an account is kept while paying, and pays the next invoice without a window, or on a date', async ({
  page,
  context,
}) => {
  const first = await beaupre(131_100)
  await page.goto(first.payLink)
  await expect(page.getByText(/catégorie entreprise, pour des débits occasionnels/)).toContainText(
    'EST AUTORISÉ DE NOUVEAU',
  )
  await page.getByRole('checkbox', { name: keeps }).check()
  await payButton(page).click()
  await agreeIn(page)
  await expect(page.getByRole('heading', { name: 'Votre paiement est en route' })).toBeVisible()
  const confirmation = await mailLike({ to: first.email, subject: `pour facture ${first.number}` })
  expect(confirmation.text).toContain('pour un seul débit')
  expect(confirmation.text).toContain('pour des débits occasionnels')

  const second = await issueAndReceive(first.name, await sumNear(131_200), {}, 'Facture')
  await asContact(context, first.email)
  await openToPay(page, second.number)
  await expect(page.getByRole('radio', { name: /^Caisse du Saguenay, 6789/ })).toBeChecked()
  await payButton(page).click()
  await expect(page.getByRole('heading', { name: 'Votre paiement est en route' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Caisse du Saguenay, 6789')
  expect(await chargesOf(second.totalCents)).toMatchObject([{ status: 'pending' }])

  const dueOn = (await product()).addDays(await simulatedToday(), 20)
  const third = await issueAndReceive(first.name, await sumNear(131_300), { dueOn }, 'Facture')
  await openToPay(page, third.number)
  await page.getByRole('radio', { name: 'À une date' }).check()
  await page.getByRole('button', { name: 'Prévoir ce paiement' }).click()
  await expect(page.getByRole('heading', { name: /^Votre paiement est prévu le / })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Le compte est débité tôt ce matin-là')
  expect(await chargesOf(third.totalCents)).toEqual([])
})

test('an account is kept by itself, pays invoices by itself after the notice that was agreed to, and is removed', async ({
  page,
  context,
}) => {
  test.slow()
  const first = await beaupre(132_100)
  await asContact(context, first.email)
  await page.goto('/m/larkfield/methods?lang=fr')
  await page.getByRole('button', { name: 'Ajouter une carte ou un compte' }).click()
  await page.getByRole('checkbox', { name: keeps }).check()
  const save = page.getByRole('button', { name: 'Enregistrer ce compte' })
  await save.click()
  await dialogOf(page).getByRole('button', { name: 'Annuler' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Rien n’a été enregistré' })).toBeVisible()
  await save.click()
  await agreeIn(page)
  await expect(page.getByText('Le compte est enregistré.')).toBeVisible()
  const kept = page.getByRole('region', { name: 'Cartes et comptes enregistrés' })
  const row = kept.getByRole('listitem').filter({ hasText: 'Caisse du Saguenay, 6789' })
  await expect(row).toContainText('Compte d’entreprise')
  const agreed = await mailLike({ to: first.email, subject: 'Votre accord de DPA avec Larkfield IT' })
  expect(agreed.text).toContain('droits de recours')

  await row.getByRole('link', { name: 'Payer automatiquement ainsi' }).click()
  const words = page.getByRole('region', { name: 'Autorisation', exact: true })
  await expect(words).toContainText('au moins dix jours avant chaque débit')
  await page.getByRole('checkbox', { name: /^J’accepte un préavis de trois jours/ }).check()
  await expect(words).toContainText('EST RÉDUIT')
  let after = await mailsSoFar()
  await page.getByRole('button', { name: 'Accepter et payer automatiquement' }).click()
  await expect(page.getByRole('region', { name: 'Paiement automatique' })).toContainText('3 jours avant chaque débit')
  const copy = await mailLike({ to: first.email, subject: 'Le paiement automatique à Larkfield IT est activé', after })
  expect(copy.text).toContain('EST RÉDUIT')

  after = await mailsSoFar()
  const dueOn = (await product()).addDays(await simulatedToday(), 3)
  const next = await issueAndReceive(first.name, await sumNear(132_200), { dueOn }, 'Facture')
  await mailLike({ to: first.email, subject: 'Larkfield IT débite', after })
  expect(await chargesOf(next.totalCents)).toEqual([])
  await wind({ days: 3 })
  await expect.poll(() => chargesOf(next.totalCents), { timeout: 100_000 }).toMatchObject([{ status: 'pending' }])

  await asContact(context, first.email)
  await page.goto('/m/larkfield/methods?lang=fr')
  await page.getByRole('button', { name: 'Mettre fin au paiement automatique' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mettre fin au paiement automatique' }).click()
  await row.getByRole('button', { name: 'Supprimer', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer', exact: true }).click()
  await expect(page.getByText('Rien n’est encore enregistré')).toBeVisible()
})

test('the widget debits an account too, in Stripe’s window over the frame', async ({ page }) => {
  const site = await foreignSite()
  await allowSite(site.url)
  const invoice = await beaupre(133_100)
  site.show(embedding(`locale="fr-CA" session="${await sessionFor(invoice.number)}"`))
  await page.goto(site.url)
  const frame = page.locator('closeloop-checkout iframe').contentFrame()
  await expect(frame.getByText(/catégorie entreprise, pour un seul débit/)).toBeVisible()
  await payButton(frame).press('Enter')
  await dialogOf(frame).getByRole('button', { name: 'Annuler' }).press('Enter')
  await expect(frame.getByRole('alert').filter({ hasText: 'La fenêtre a été fermée' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toEqual([])
  await payButton(frame).press('Enter')
  await agreeIn(frame)
  await expect(frame.getByRole('heading', { name: 'Votre paiement est en route' })).toBeVisible()
  expect(await chargesOf(invoice.totalCents)).toMatchObject([{ status: 'pending' }])
  const heard = await page.evaluate(() => (window as unknown as { heard: { type: string }[] }).heard)
  expect(heard.map(({ type }) => type)).toContain('processing')
  await site.close()
})

test('a client in Quebec of the seeded world is owed in its own dollars, at the console and in its portal', async ({
  page,
  context,
}) => {
  const name = 'Ateliers Sainte-Claire inc.'
  await asOwner(context)
  await page.goto('/console/clients?q=ateliers+sainte')
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText(/CA\$[\d,]+\.\d{2}/)
  await page.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Where this client stands' })).toContainText(/CA\$[\d,]+\.\d{2}/)
  const person = (await contacts()).find(({ client, isBilling }) => client === name && isBilling)
  await asContact(context, person?.email ?? '')
  await page.goto('/m/larkfield/invoices')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA')
  await expect(page.getByRole('main')).toContainText(/CA-3\d{3}/)
  await expect(page.getByRole('main')).toContainText(/\d,\d{2}\s\$/)
})
