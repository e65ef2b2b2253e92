import { mailLike } from './pages/mailbox.ts'
import { addClient, issueAndReceive } from './pages/psa.ts'
import { contacts } from './pages/sessions.ts'
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
  return { ...(await issueAndReceive(name, await sumNear(near), {}, 'Facture')), email }
}

/** Stripe's own window, over the page. */
const dialogOf = (page: Page) =>
  page.getByRole('dialog', { name: 'Débit préautorisé' }).locator('iframe').contentFrame()

const payButton = (page: Page) => page.getByRole('button', { name: /^Payer .* par débit$/ })

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
