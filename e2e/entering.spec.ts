import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { asContact, asOwner } from './pages/sessions.ts'
import { expect, type Page, test } from './pages/test.ts'

// How people come in, and how they see to it that nobody else does.

const home = '/m/larkfield'
const dana = 'dana@hadleymoss.example'

test('a link opened on another device takes the code that the asking browser shows, and five wrong ones end it', async ({
  page,
  otherBrowser,
}) => {
  const ask = async () => {
    const after = await mailsSoFar()
    await page.goto(`${home}/sign-in`)
    await page.getByLabel('Email address').fill(dana)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    const shown = page.getByText('To open it in another browser').getByText(/^\d{3} \d{3}$/)
    const code = await shown.innerText()
    const mail = await mailLike({ to: dana, subject: 'Sign in to Larkfield IT', after })
    return { code, link: linkIn(mail, '/sign-in/confirm') }
  }
  const { code, link } = await ask()
  const phone = await otherBrowser()
  const type = async (digits: string) => {
    await phone.getByLabel('Code of six digits').fill(digits)
    await phone.getByRole('button', { name: 'Sign in' }).click()
  }
  await phone.goto(link)
  await expect(phone.getByText('This link was asked for in another browser.')).toBeVisible()
  await type(code === '000 000' ? '000 001' : '000 000')
  await expect(phone.getByText('That is another code. 4 tries are left.')).toBeVisible()
  await type(code)
  await expect(phone.getByRole('heading', { level: 1, name: /Dana$/ })).toBeVisible()

  const second = await ask()
  await phone.context().clearCookies()
  await phone.goto(second.link)
  for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is']) {
    await type('999999' === second.code.replace(' ', '') ? '999998' : '999999')
    await expect(phone.getByText(`That is another code. ${left} left.`)).toBeVisible()
  }
  await type('999999' === second.code.replace(' ', '') ? '999998' : '999999')
  await expect(phone.getByRole('link', { name: 'Ask for a new link' })).toBeVisible()
  await page.goto(second.link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This link was used already')).toBeVisible()
})

test('a client sees where they are signed in, puts one browser out, then all of them', async ({
  page,
  context,
  otherBrowser,
}) => {
  await asContact(context, dana)
  const lost = await otherBrowser()
  await asContact(lost.context(), dana)
  await page.goto(`${home}/security`)
  await expect(page.getByText('This one')).toHaveCount(1)
  const others = page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem').getByRole('button')
  await expect(others).not.toHaveCount(0)
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click()
    await expect(others).toHaveCount(left - 1)
  }
  await expectOut(lost, home)
  await page.goto(`${home}/security?lang=fr`)
  await expect(page.getByRole('heading', { level: 1, name: 'Connexion et sécurité' })).toBeVisible()
  await page.getByRole('button', { name: 'Se déconnecter partout' }).click()
  await expectOut(page, home)
})

test('staff find their sessions from their own menu, and sign out everywhere', async ({
  page,
  context,
  otherBrowser,
}) => {
  await asOwner(context)
  const lost = await otherBrowser()
  await asOwner(lost.context())
  await page.goto('/console')
  await page.getByText('Renee Okafor').first().click()
  await page.getByRole('link', { name: 'Sign-in and security' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and security' })).toBeVisible()
  await expect(page.getByText('This one')).toHaveCount(1)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByLabel('Work email')).toBeVisible()
  await lost.goto('/console')
  await expect(lost.getByLabel('Work email')).toBeVisible()
})

async function expectOut(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByLabel(/Email address|Adresse de courriel/)).toBeVisible()
}
