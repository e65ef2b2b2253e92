import { linkIn, mailLike, mailsSoFar } from './pages/mailbox.ts'
import { giveOwnHost, takeOwnHost } from './pages/own-host.ts'
import { PayPage } from './pages/pay-page.ts'
import { issueAndReceive } from './pages/psa.ts'
import { chargesOf, sumNear } from './pages/stripe.ts'
import { answered, expect, test } from './pages/test.ts'
import { forgetEntering } from './pages/throttles.ts'
import { stack } from './support/stack.ts'

// An MSP's pages at the MSP's own name: every name under .localhost leads to this machine.

const host = 'pay.larkfield.localhost'
let home = ''
test.beforeAll(async () => {
  home = await giveOwnHost(host)
})
test.beforeEach(forgetEntering)
test.afterAll(takeOwnHost)

test('a card pays on the MSP’s own host, from the mailed link to the receipt in the portal, and nothing is asked of ours', async ({
  page,
  context,
}) => {
  const asked: URL[] = []
  context.on('request', (request) => asked.push(new URL(request.url())))
  const before = await mailsSoFar()
  const invoice = await issueAndReceive('Kestrel Freight', await sumNear(36_100))
  expect(new URL(invoice.payLink).origin).toBe(home)
  const pay = new PayPage(page)
  const opened = await page.goto(invoice.payLink)
  const headers = opened?.headers() ?? {}
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['content-security-policy']).toMatch(/script-src [^;]*'nonce-/)
  expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/)
  // Ours is not named to the browser: what the page needs comes from the host it is at.
  expect(headers['content-security-policy']).not.toContain(new URL(stack().web).host)
  await pay.fillCard()
  await pay.pay()
  await expect(page.getByRole('heading', { name: 'Paid. Thank you.' })).toBeVisible()
  expect(new URL(page.url()).origin).toBe(home)
  expect(await chargesOf(invoice.totalCents)).toHaveLength(1)
  const file = await page.getByRole('link', { name: 'Receipt PDF' }).evaluate(async (link: HTMLAnchorElement) => {
    const answer = await fetch(link.href)
    return { at: link.href, type: answer.headers.get('content-type') }
  })
  expect([new URL(file.at).origin, file.type]).toEqual([home, 'application/pdf'])
  // Paying takes no cookie.
  expect(await context.cookies()).toEqual([])

  const receipt = linkIn(await mailLike({ to: invoice.to, subject: 'Receipt from ', after: before }), '/receipts/')
  expect(new URL(receipt).origin).toBe(home)
  await page.goto(receipt)
  const asking = await mailsSoFar()
  await page.getByLabel('Email address').fill(invoice.to)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  const link = linkIn(
    await mailLike({ to: invoice.to, subject: 'Sign in to Larkfield IT', after: asking }),
    '/sign-in/confirm',
  )
  expect(new URL(link).origin).toBe(home)
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Good / })).toBeVisible()
  await page.goto(receipt)
  await expect(page.getByRole('main').getByText(invoice.number).first()).toBeVisible()
  expect(new URL(page.url()).origin).toBe(home)

  const cookies = await context.cookies()
  const ours = cookies.filter(({ name }) => name.startsWith('closeloop-'))
  expect(ours.map(({ name }) => name)).toContain('closeloop-client-larkfield')
  for (const { domain, httpOnly, sameSite } of ours)
    expect({ domain, httpOnly, sameSite }).toEqual({ domain: host, httpOnly: true, sameSite: 'Lax' })
  const main = new URL(stack().web)
  expect(asked.filter((url) => url.host === main.host).map(({ pathname }) => pathname)).toEqual([])
  // The secret of the link went to nobody but its own host.
  const secret = new URL(invoice.payLink).pathname.split('/').at(-1) ?? ''
  expect(asked.filter((url) => url.href.includes(secret) && url.origin !== home)).toEqual([])
})

test('on the MSP’s own host there is nothing of the console, of our API or of another MSP', async ({
  page,
  complaints,
}) => {
  complaints.allow(answered(404))
  await page.goto(`${home}/sign-in`)
  await expect(page.getByLabel('Email address')).toBeVisible()
  for (const path of ['/console', '/api/v1/invoices', '/m/boreal', '/m/boreal/sign-in']) {
    const answer = await page.goto(`${home}${path}`)
    expect(answer?.status(), path).toBe(404)
    expect(await answer?.text(), path).toBe('There is nothing at this address.\n')
  }
})
