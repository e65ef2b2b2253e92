import fc from 'fast-check'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { Brand } from '@/lib/tenancy/brand'
import type { Locale } from '@/messages/words'
import { oneLine, type Rendered, type Sender } from './letter'
import { isAddress } from './message'
import { autopayStarted } from './templates/autopay-started'
import { contactInvitation } from './templates/contact-invitation'
import { erasureAnswer } from './templates/erasure-answer'
import { invitation } from './templates/invitation'
import { monthlyStatement } from './templates/monthly-statement'
import { openInvoices } from './templates/open-invoices'
import { paidWithCredit } from './templates/paid-with-credit'
import { payNow } from './templates/pay-now'
import { paymentFailed, paymentReturned } from './templates/payment-failed'
import { paymentOnItsWay } from './templates/payment-on-its-way'
import { paymentReceived } from './templates/payment-received'
import { paymentScheduled } from './templates/payment-scheduled'
import { questionAnswered } from './templates/question-answered'
import { refundMade } from './templates/refund-made'
import { roleChanged } from './templates/role-changed'
import { signIn, staffSignIn } from './templates/sign-in'
import { staffNotice } from './templates/staff-notice'
import { mimeOf } from './transport'

const sender: Sender = {
  name: 'Larkfield IT',
  slug: 'larkfield',
  locale: 'en-US',
  timeZone: 'America/New_York',
  brand: Brand.parse({
    color: '#0e5a4a',
    initials: 'L',
    postalAddress: '88 St. Paul Street, Rochester, NY 14604',
    supportPhone: '(585) 555-0142',
  }),
}
const usd = (minor: bigint) => ({ minor, currency: 'USD' })

function everyMail(locale: Locale, clientName = 'Hadley & Moss Architects'): Record<string, Promise<Rendered>> {
  const base = { sender, locale, today: '2026-11-20', recipient: 'Dana Whitfield' }
  const payment = {
    ...base,
    amount: usd(504628n),
    ...{ surcharge: usd(13314n), credit: usd(0n), kept: usd(0n) },
    clientName,
    methodLabel: 'Visa credit, 4242',
    allocations: [{ number: '20418', amount: usd(491314n) }],
    url: 'https://pay.example/m/larkfield/pay/TOKEN',
  }
  const automatic = {
    ...{ ...payment, amount: usd(491_314n), surcharge: usd(0n), runOn: '2026-12-02' },
    ...{ isBank: false, isAutomatic: true, isAgain: false },
  }
  const invoice = {
    ...{ number: '20418', clientName, dueOn: '2026-12-02' },
    lines: [
      { description: 'Managed workstation, full support', quantity: '38', amount: usd(281200n) },
      { description: 'New workstation setup, one time', quantity: '1', amount: usd(28500n) },
    ],
    ...{ tax: usd(8364n), total: usd(491314n), balance: usd(491314n) },
  }
  const pay = {
    ...{ ...base, invoice, ways: { bank: usd(491314n), card: usd(491314n) } },
    ...{ payUrl: payment.url, linkUntil: 'January 1, 2027', isChanged: false },
  }
  const link = { sender, locale, url: payment.url, minutes: 10 }
  const notice = {
    sender,
    locale,
    clientName,
    amount: usd(390450n),
    numbers: ['20382'],
    reason: 'R01',
    url: payment.url,
  }
  const asked = {
    ...{ sender: payment.sender, locale: payment.locale, today: payment.today, url: payment.url },
    ...{ number: '20418', amount: usd(12_000n), question: 'Is the cabling done?' },
  }
  const statement = {
    ...{ ...base, clientName, from: '2026-10-01', to: '2026-10-31', url: payment.url, preferencesUrl: payment.url },
    ...{
      opening: usd(100_000n),
      billed: usd(391_314n),
      credited: usd(0n),
      paid: usd(100_000n),
      closing: usd(391_314n),
    },
  }
  return {
    payNow: payNow(pay),
    payNowComing: payNow({ ...pay, coming: { runOn: '2026-12-01', method: 'Visa credit, 4242', creditMinor: 0n } }),
    payNowComingCredit: payNow({
      ...pay,
      coming: { runOn: '2026-12-01', method: 'Visa credit, 4242', creditMinor: 1_314n },
    }),
    payNowComingCovered: payNow({
      ...pay,
      coming: { runOn: '2026-12-01', method: 'Visa credit, 4242', creditMinor: 491_314n },
    }),
    scheduled: paymentScheduled(automatic),
    scheduledCredit: paymentScheduled({ ...automatic, amount: usd(490_000n), credit: usd(1_314n), isAgain: true }),
    scheduledCovered: paymentScheduled({ ...automatic, amount: usd(0n), credit: usd(491_314n) }),
    paidWithCredit: paidWithCredit({
      ...{ ...base, amount: usd(491_314n), paidOn: '2026-11-20', url: payment.url },
      invoices: payment.allocations,
    }),
    payNowChanged: payNow({ ...pay, isChanged: true, invoice: { ...invoice, balance: usd(1n) } }),
    received: paymentReceived({ ...payment, receiptNumber: 'R-10933', paidAt: new Date('2026-11-20T15:42:00Z') }),
    onItsWay: paymentOnItsWay({ ...payment, clearsOn: '2026-11-27' }),
    failed: paymentFailed({ ...payment, reason: 'The account is closed.' }),
    returned: paymentReturned({ ...payment, reason: 'Not enough funds.' }),
    refund: refundMade(payment),
    autopayStarted: autopayStarted({
      ...{ ...base, clientName, methodLabel: 'Visa credit, 4242', url: payment.url },
      consent: 'I agree.',
    }),
    agreementAuthorized: autopayStarted({
      ...{ ...base, clientName, methodLabel: 'Visa credit, 4242', url: payment.url },
      ...{ consent: 'I agree.', agreement: 'Cloud licences' },
    }),
    answered: questionAnswered({ ...asked, answer: 'Since Friday.', isClosed: false }),
    closed: questionAnswered({ ...asked, answer: '', isClosed: true }),
    statement: monthlyStatement(statement),
    statementToPay: monthlyStatement({ ...statement, pay: { url: payment.url, until: 'January 1, 2027' } }),
    openInvoices: openInvoices({
      ...{ ...base, clientName, currency: 'USD', payUrl: payment.url, linkUntil: 'January 1, 2027' },
      invoices: [
        { number: '20391', dueOn: '2026-11-02', balance: usd(120_000n) },
        { number: '20418', dueOn: '2026-12-02', balance: usd(491_314n) },
      ],
    }),
    statementInCredit: monthlyStatement({
      ...{ ...statement, billed: usd(-20_000n), credited: usd(20_000n), closing: usd(-20_000n) },
    }),
    signIn: signIn({ ...link, company: null }),
    signInOfSeveral: signIn({ ...link, company: 'Hadley & Moss Architects' }),
    staffSignIn: staffSignIn(link),
    staffFailed: staffNotice({ ...notice, what: 'failed' }),
    staffReturned: staffNotice({ ...notice, what: 'returned' }),
    staffDisputed: staffNotice({ ...notice, what: 'disputed' }),
    erasureDone: erasureAnswer({ sender: link.sender, locale: link.locale, name: 'Priya Raman' }),
    erasureDeclined: erasureAnswer({
      ...{ sender: link.sender, locale: link.locale, name: 'Priya Raman' },
      declined: { because: 'You are the only owner.', url: link.url },
    }),
    roleChanged: roleChanged({
      ...{ sender: link.sender, locale: link.locale, url: link.url, byName: 'Dana Whitfield' },
      ...{ company: 'Hadley & Moss Architects', role: 'owner', before: 'viewer', recipient: 'Priya Raman' },
    }),
    letInAgain: roleChanged({
      ...{ sender: link.sender, locale: link.locale, url: link.url, byName: 'Renee Okafor' },
      ...{ company: 'Hadley & Moss Architects', role: 'payer' },
    }),
    contactInvitation: contactInvitation({
      ...{ sender: link.sender, locale: link.locale, url: link.url, byName: 'Dana Whitfield' },
      ...{ company: 'Hadley & Moss Architects', email: 'priya@hadleymoss.example' },
    }),
    invitation: invitation({
      sender: link.sender,
      locale: link.locale,
      url: link.url,
      byName: 'Renee Okafor',
      email: 'theo@larkfield.example',
    }),
  }
}

const visible = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
const wordsOf = (text: string) =>
  new Set(
    text
      .split(/\s+/)
      .map((word) => word.replace(/^\P{L}+(?=\p{L})|[.,:;?]+$/gu, ''))
      .filter((word) => /[\p{L}\p{N}]/u.test(word)),
  )

test('the subject of an invoice says what, how much and when', async () => {
  const { payNow: mail } = everyMail('en-US')
  expect((await mail)?.subject).toBe('Invoice 20418 from Larkfield IT: $4,913.14 due December 2')
  const { payNow: french } = everyMail('fr-CA')
  expect((await french)?.subject.replace(/\s/g, ' ')).toBe(
    'Facture 20418 de Larkfield IT : 4 913,14 $ US, due le 2 décembre',
  )
})

test('a statement says what a month came to, line by line, and where it is stopped', async () => {
  const { statement, statementInCredit } = everyMail('en-US')
  const mail = await statement
  expect(mail?.subject).toBe('Your statement from Larkfield IT: October 2026')
  expect(mail?.text).toContain(
    [
      'Opening balance: $1,000.00',
      'Invoices: $3,913.14',
      'Payments: −$1,000.00',
      'Balance on October 31, 2026: $3,913.14',
    ].join('\n'),
  )
  expect(mail?.text).toContain('What was billed or paid after October 31, 2026 is not in it.')
  expect(mail?.text).toContain('Stop it in your preferences:\nhttps://pay.example/')
  const credit = (await statementInCredit)?.text
  expect(credit).toContain('$200.00\nCredit in your favor on October 31, 2026')
  expect(credit).toContain('Invoices: −$200.00\nOf which credit memos: −$200.00')
  const french = await everyMail('fr-CA').statement
  expect(french?.subject).toBe('Votre relevé de Larkfield IT : octobre 2026')
  expect(french?.text).toContain('Voici le compte de Hadley & Moss Architects pour octobre 2026.')
})

test.each(['en-US', 'fr-CA'] as const)('the text part tells every fact of the HTML part (%s)', async (locale) => {
  for (const [name, mail] of Object.entries(everyMail(locale))) {
    const { subject, html, text } = await mail
    const said = wordsOf(`${text} ${subject}`)
    // The preheader repeats what the letter says in other words; the mark is the MSP's initial.
    const preheader = /<div[^>]*data-skip-in-text="true"[^>]*>(.*?)<\/div>/s.exec(html)?.[0] ?? ''
    const missing = [...wordsOf(visible(html.replace(preheader, '')))].filter((word) => !said.has(word) && word !== 'L')
    expect(missing, name).toEqual([])
    for (const [, url] of html.matchAll(/href="([^"]+)"/g)) expect(text).toContain(url)
  }
})

test('a French mail names a card in French, wherever it names one', async () => {
  const inFrench = { received: 'Visa crédit, 4242', refund: 'Visa crédit, 4242', autopayStarted: 'Visa crédit, 4242' }
  const mails = Object.entries(everyMail('fr-CA'))
  for (const [name, mail] of mails) expect(`${(await mail).html}${(await mail).text}`, name).not.toMatch(/Visa credit/)
  for (const [name, says] of Object.entries(inFrench))
    expect((await new Map(mails).get(name))?.text, name).toContain(says)
})

test('a mail loads nothing and follows nobody', async () => {
  for (const mail of Object.values(everyMail('en-US'))) {
    const { html } = await mail
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import/)
    for (const [, url] of html.matchAll(/(?:href|src)="([^"]+)"/g))
      expect(url).toBe('https://pay.example/m/larkfield/pay/TOKEN')
  }
})

test('whatever a client is called stays text', async () => {
  const { payNow: mail } = everyMail('en-US', '<img src=x onerror=alert(1)> & "Söhne"')
  const html = (await mail)?.html ?? ''
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Söhne&quot;')
})

test('no name, subject or address can write a header of its own', async () => {
  process.env.DATABASE_URL ??= 'postgres://nowhere'
  process.env.SECRET_KEYS ??= 'test:unused'
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const evil = fc.string({
    unit: fc.constantFrom('a', '\r', '\n', '\u2028', '\0', ':', ' ', '<', '"', 'Bcc: x@y.zz\r\n'),
  })
  await fc.assert(
    fc.asyncProperty(evil, evil, async (name, subject) => {
      const { message } = await transport.sendMail(
        mimeOf({
          messageId: '<1@mail.example>',
          fromName: name,
          replyTo: 'billing@larkfield.example',
          to: 'dana@hadleymoss.example',
          subject: oneLine(subject),
          html: '<p>x</p>',
          text: 'x',
          locale: 'en-US',
        }),
      )
      const head = message.toString().split('\n\n')[0] ?? ''
      const names = head.split('\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? [])
      expect(names).not.toContain('bcc')
      expect(new Set(names).size).toBe(names.length)
    }),
    { numRuns: 150 },
  )
  fc.assert(
    fc.property(evil, (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect(isAddress(`a${text}@b.cc`) && /[\r\n,<>:" ]/.test(text)).toBe(false)
    }),
  )
})

test('an address is one address', () => {
  expect(isAddress('dana@hadleymoss.example')).toBe(true)
  for (const not of ['', 'dana', 'a@b', 'a@b.cc,c@d.ee', 'Dana <a@b.cc>', 'a b@c.dd', 'a@b.cc\n'])
    expect(isAddress(not)).toBe(false)
})
