import { chromium } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import Stripe from 'stripe'
import { createTransport } from 'nodemailer'
import { startSandbox } from '../sandbox/start.ts'
const base = 0
const s = await startSandbox({ ports: { page: 0, stripe: 0, connectwise: 0, bank: 0, quickbooksOnline: 0, smtp: 0, mailbox: 0 }, startAt: new Date('2026-11-20T15:42:00Z') })
s.clock.pause()
const u = new URL(s.urls.stripe)
const stripe = new Stripe(s.services.stripe.secretKey, { host: u.hostname, port: Number(u.port), protocol: 'http' })
const acct = { stripeAccount: s.services.stripe.account }
const tryit = async (f: () => Promise<unknown>) => { try { await f() } catch (e) { console.log('stripe:', String(e).slice(0, 200)) } }
await tryit(() => stripe.paymentIntents.create({ amount: 985000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa', automatic_payment_methods: { enabled: true, allow_redirects: 'never' } }, acct))
await tryit(() => stripe.paymentIntents.create({ amount: 504628, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined', automatic_payment_methods: { enabled: true, allow_redirects: 'never' } }, acct))
await tryit(() => stripe.paymentIntents.create({ amount: 491314, currency: 'usd', confirm: true, payment_method: 'pm_usBankAccount_success', automatic_payment_methods: { enabled: true, allow_redirects: 'never' }, mandate_data: { customer_acceptance: { type: 'offline' } } }, acct))
const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const t = createTransport({ host: s.services.smtp.host, port: s.services.smtp.port, secure: false, auth: { user: s.services.smtp.user, pass: s.services.smtp.password } })
for (const [to, subject] of [['dana@hadleymoss.example', 'Invoice 20418, $4,913.14'], ['ap@kestrelfreight.example', 'Your bank returned a debit'], ['dana@hadleymoss.example', 'Your payment is on its way']]) await t.sendMail({ from: 'billing@larkfield.example', to, subject, text: 'Hello', html: '<div style="font-family:sans-serif;max-width:600px;margin:24px auto;border:1px solid #ddd;padding:24px"><h1>Invoice</h1><p>$4,913.14</p><a href="http://x.example/pay">Pay now</a></div>' })
await post(`${s.urls.page}/faults/stripe`, { webhooks: 'twice', latencyMs: 80 })
await post(`${s.urls.page}/faults/connectwise`, { rules: [{ kind: 'rate-limit', times: 1 }] })
const opts = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'] })
for (const [w, scheme] of [[1440, 'light'], [1440, 'dark'], [390, 'light']] as const) {
  const ctx = await browser.newContext({ viewport: { width: w, height: 900 }, colorScheme: scheme, deviceScaleFactor: w === 390 ? 1.5 : 1 })
  const page = await ctx.newPage()
  page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()))
  page.on('pageerror', (e) => console.log('pageerror', e))
  await page.goto(s.urls.page)
  if (w === 1440 && scheme === 'light') {
    await page.click('#new-invoice')
    await page.waitForFunction(() => document.getElementById('said')?.textContent?.includes('Invoice'))
    await page.waitForTimeout(300)
    await page.locator('.link-btn').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForTimeout(500)
    console.log(await page.locator('#said').textContent())
    await page.selectOption('#next-quickbooksOnline', 'timeout-after')
    await page.waitForTimeout(500)
    console.log(JSON.stringify(await (await fetch(`${s.urls.page}/faults`)).json()))
  }
  await page.waitForTimeout(300)
  await page.screenshot({ path: `/tmp/scratch/page-${w}-${scheme}.png`, fullPage: w === 390 })
  const axe = await new AxeBuilder({ page }).analyze()
  console.log(w, scheme, 'axe', axe.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3)}`))
  console.log('overflow', await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
  await page.goto(`${s.urls.mailbox}/`)
  await page.screenshot({ path: `/tmp/scratch/mail-${w}-${scheme}.png` })
  const a2 = await new AxeBuilder({ page }).analyze()
  await page.goto(`${s.urls.mailbox}/messages/1`)
  await page.waitForTimeout(200)
  await page.screenshot({ path: `/tmp/scratch/message-${w}-${scheme}.png` })
  const a3 = await new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe').analyze()
  console.log('mail axe', [...a2.violations, ...a3.violations].map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3)}`))
  await ctx.close()
}
await browser.close()
console.log(s.clock.upcoming())
await s.stop()
