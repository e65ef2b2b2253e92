import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTenant } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { Brand } from '@/lib/tenancy/brand'
import { drawLogo } from '@/lib/tenancy/draw-logo'
import { keepLogo } from '@/lib/tenancy/keep-logo'
import { publishBrand } from '@/lib/tenancy/save-brand'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import { type MailService, startMail } from '../../sandbox/mail/start-mail.ts'
import type { World } from '../../sandbox/world/world.ts'
import { deliverMessage } from './deliver-message'
import { sendInvoice } from './send-invoice'

let mail: MailService
let msp: TestMsp
let clientId: string
beforeAll(async () => {
  const clock = new SimClock(new Date('2026-11-20T15:00:00Z'))
  const world = { msp: { timeZone: 'America/New_York' } } as unknown as World
  mail = await startMail({ clock, world, seed: 'test', port: () => 0, happened: () => undefined })
  const { host, port, user, password } = mail.smtp
  process.env.SMTP_URL = `smtp://${user}:${password}@${host}:${port}`
  process.env.MAIL_FROM = 'billing@mail.example'
  msp = await makeMsp('larkfield')
  clientId = await msp.makeClient()
})
afterAll(() => mail.close())

async function mailed(brand: Brand): Promise<string> {
  const published = await publishBrand(msp.tenantId, { kind: 'test' }, { name: 'Larkfield IT', brand })
  expect(published).toEqual({ ok: true })
  const invoiceId = await msp.makeInvoice(clientId, 491_314n)
  await sendInvoice({ kind: 'system', tenantId: msp.tenantId, reason: 'new invoice' }, invoiceId)
  const row = await withTenant(msp.tenantId, (tx) =>
    tx.row<{ id: string }>(sql`select id from messages where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}`),
  )
  await deliverMessage(msp.tenantId, row?.id ?? '')
  const [message] = mail.mailbox.list()
  return message?.raw.toString() ?? ''
}

test('a logo travels inside the mail, at twice the size it is shown at, and nothing is loaded from anywhere', async () => {
  const file = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28" fill="#5b2c83"/></svg>',
  )
  const drawn = await drawLogo(file)
  if (typeof drawn === 'string') throw new Error(drawn)
  await withTenant(msp.tenantId, (tx) => keepLogo(tx, drawn))
  const raw = await mailed(Brand.parse({ logo: drawn.logo, color: '#5b2c83' }))
  const [, part = ''] = raw.split(/Content-Type: image\/png[\s\S]*?\r?\n\r?\n/)
  const png = Buffer.from(part.split(/\r?\n--/)[0] ?? '', 'base64')
  expect(raw).toContain(`Content-Id: <${drawn.logo.hash}>`.replace('Id', 'ID'))
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 64, height: 64 })
  expect(raw.replace(/=\r?\n/g, '')).not.toMatch(/src=3D"https?:/)
})

test('the sender, the address answers go to and the words are the MSP’s own', async () => {
  const raw = await mailed(
    Brand.parse({
      ...{
        senderName: 'Larkfield Billing',
        replyTo: 'answers@larkfield.example',
        supportEmail: 'help@larkfield.example',
      },
      greeting: { 'en-US': 'Thank you for ten years together.', 'fr-CA': '' },
      helpLine: { 'en-US': 'Call Renee on extension 4.', 'fr-CA': '' },
    }),
  )
  expect(raw).toMatch(/^From: Larkfield Billing <billing@mail.example>\r?$/m)
  expect(raw).toMatch(/^Reply-To: Larkfield Billing <answers@larkfield.example>\r?$/m)
  expect(raw).toContain('Thank you for ten years together.')
  expect(raw).toContain('Call Renee on extension 4.')
})
