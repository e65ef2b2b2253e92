import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { SimClock } from '../kernel/clock.ts'
import type { Happening } from '../kernel/service.ts'
import { seedWorld } from '../world/seed-world.ts'
import { type MailService, startMail } from './start-mail.ts'

let mail: MailService
const clock = new SimClock(new Date('2026-11-20T15:42:00Z'))
const happenings: Happening[] = []
beforeAll(async () => {
  const world = seedWorld({ seed: 'mail', scale: 0.05, today: '2026-11-20' })
  mail = await startMail({ clock, world, seed: 'mail', port: () => 0, happened: (each) => happenings.push(each) })
})
afterAll(async () => {
  clock.stop()
  await mail.close()
})
afterEach(async () => {
  mail.faults.clear()
  await fetch(`${mail.mailboxService.url}/api/messages`, { method: 'DELETE' })
})

const list = z.object({ messages: z.array(z.object({ id: z.string(), subject: z.string(), to: z.array(z.string()) })) })
const get = async (path: string): Promise<unknown> => (await fetch(`${mail.mailboxService.url}${path}`)).json()
const page = async (path: string) => (await fetch(`${mail.mailboxService.url}${path}`)).text()

function transport(password = mail.smtp.password) {
  const { host, port, user } = mail.smtp
  return createTransport({ host, port, secure: false, auth: { user, pass: password } })
}
const letter = (to = 'dana@hadleymoss.example', subject = 'Invoice 20418') => ({
  from: 'billing@larkfield.example',
  to,
  subject,
  text: 'Pay at https://pay.example/t/abc',
  html: '<p style="color:#123">Pay <a href="https://pay.example/t/abc?a=1&amp;b=2">here</a><script>alert(1)</script></p>',
})

test('mail that was sent can be read, with both parts, headers, links and attachments', async () => {
  const attachments = [{ filename: 'invoice.pdf', content: Buffer.from('%PDF'), contentType: 'application/pdf' }]
  await transport().sendMail({ ...letter(), attachments })
  const { messages } = list.parse(await get('/api/messages?to=dana@hadleymoss.example'))
  expect(messages).toMatchObject([{ subject: 'Invoice 20418', to: ['dana@hadleymoss.example'] }])
  const message = await get(`/api/messages/${messages[0]?.id}`)
  expect(message).toMatchObject({
    from: 'billing@larkfield.example',
    links: ['https://pay.example/t/abc?a=1&b=2'],
    attachments: [{ filename: 'invoice.pdf', contentType: 'application/pdf', size: 4 }],
  })
  expect(JSON.stringify(message)).toContain('Subject')
  expect(await get('/api/messages?to=nobody')).toEqual({ messages: [] })
})

test('whoever waits for a mail gets it when it comes', async () => {
  const waiting = get('/api/messages?to=late@hadleymoss.example&waitMs=10000')
  await transport().sendMail(letter('late@hadleymoss.example'))
  expect(list.parse(await waiting).messages).toHaveLength(1)
})

test('mail that comes twice is there twice', async () => {
  const twice = { ...letter(), messageId: '<same@larkfield.example>' }
  await transport().sendMail(twice)
  await transport().sendMail(twice)
  expect(list.parse(await get('/api/messages')).messages).toHaveLength(2)
})

test('the page shows the message in a frame where no script runs', async () => {
  await transport().sendMail(letter())
  const [message] = mail.mailbox.list()
  const shown = await page(`/messages/${message?.id}`)
  expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  expect(shown).not.toContain('<script>alert')
  expect(await page('/')).toContain('Invoice 20418')
})

test('nobody sends without the password, and TLS is not offered', async () => {
  await expect(transport('wrong').sendMail(letter())).rejects.toMatchObject({ responseCode: 535 })
  const { host, port } = mail.smtp
  await expect(createTransport({ host, port, secure: false }).sendMail(letter())).rejects.toMatchObject({
    responseCode: 530,
  })
  await expect(createTransport({ host, port, requireTLS: true }).sendMail(letter())).rejects.toThrow()
})

test('a greylisted mail is taken at the second try, a rejected one never', async () => {
  mail.faults.rules = [
    { kind: 'greylist', times: 1 },
    { kind: 'reject', match: 'gone@' },
  ]
  await expect(transport().sendMail(letter())).rejects.toMatchObject({ responseCode: 451 })
  await transport().sendMail(letter())
  await expect(transport().sendMail(letter('gone@hadleymoss.example'))).rejects.toMatchObject({ responseCode: 550 })
  expect(mail.mailbox.list()).toHaveLength(1)
  expect(happenings.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['greylisted', 'accepted', 'rejected']),
  )
})

test('a server that hangs up after the data has the mail all the same', async () => {
  await fetch(`${mail.mailboxService.url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ rules: [{ kind: 'drop-after-data', times: 1 }] }),
  })
  await expect(transport().sendMail(letter())).rejects.toThrow()
  expect(mail.mailbox.list()).toHaveLength(1)
})
