import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmSignIn } from '@/lib/access/confirm-sign-in'
import { openPayLink } from '@/lib/access/pay-link'
import { askSignIn, browserTokenFor } from '@/lib/access/sign-in'
import { withTenant } from '@/lib/base/db'
import { hashToken } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { makeMsp, type TestMsp } from '../../e2e/support/msp.ts'
import { SimClock } from '../../sandbox/kernel/clock.ts'
import { type MailService, startMail } from '../../sandbox/mail/start-mail.ts'
import type { World } from '../../sandbox/world/world.ts'
import { deliverMessage } from './deliver-message'
import { queueMessage } from './queue-message'
import { sendInvoice } from './send-invoice'
import { sendSignInMail } from './send-sign-in-mail'

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
  process.env.PUBLIC_URL = 'https://pay.example'
  msp = await makeMsp('larkfield')
  clientId = await msp.makeClient()
})
afterAll(() => mail.close())

type Queued = { id: string; key: string; subject: string; text: string; html: string; state: string }

function queued(invoiceId: string): Promise<Queued[]> {
  return withTenant(msp.tenantId, (tx) =>
    tx.rows<Queued>(sql`
      select id, key, subject, text, html, state from messages
      where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} order by created_at, id`),
  )
}

/** The newest mail in the mailbox, as the reader’s program sees it. */
function newest() {
  const [message] = mail.mailbox.list()
  if (message === undefined) throw new Error('the mailbox is empty')
  return message
}

const byRule = () => ({ kind: 'system' as const, tenantId: msp.tenantId, reason: 'new invoice' })
const byStaff = () => ({
  kind: 'staff' as const,
  tenantId: msp.tenantId,
  staffId: msp.staffId,
  role: 'finance' as const,
})

test('the rule mails a version once, however often it runs; a person may send it again', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 491_314n)
  await sendInvoice(byRule(), invoiceId)
  await sendInvoice(byRule(), invoiceId)
  expect(await queued(invoiceId)).toHaveLength(1)
  await sendInvoice(byStaff(), invoiceId)
  await sendInvoice(byStaff(), invoiceId, 'ap@hadleymoss.example')
  expect(await queued(invoiceId)).toHaveLength(3)
})

test('the pay link exists only in the mail itself, and opens', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 12_345n)
  await sendInvoice(byRule(), invoiceId)
  const [message] = await queued(invoiceId)
  await deliverMessage(msp.tenantId, message?.id ?? '')
  const { text, html, from, subject } = newest()
  expect(subject).toMatch(/^Invoice \d+ from Larkfield IT: \$123\.45 due December 2$/)
  expect(JSON.stringify(from)).toContain('billing@mail.example')
  const token = /https:\/\/pay\.example\/m\/larkfield\/pay\/([\w-]{43})/.exec(text ?? '')?.[1] ?? ''
  expect(html).toContain(`/m/larkfield/pay/${token}`)
  expect(`${text}${html}`).not.toContain('{pay-link')
  expect(await openPayLink('larkfield', token)).toMatchObject({ ok: true, actor: { invoiceId } })
  // At rest there is the hash, and nothing to click.
  const [stored] = await queued(invoiceId)
  expect(stored?.state).toBe('sent')
  expect(JSON.stringify(stored)).not.toContain(token)
  const hashes = await withTenant(msp.tenantId, (tx) =>
    tx.rows<{ tokenHash: Buffer }>(
      sql`select token_hash from pay_links where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}`,
    ),
  )
  expect(hashes.map(({ tokenHash }) => tokenHash.equals(hashToken(token)))).toContain(true)
})

test('a mail is sent once; one that was refused is sent later under the same Message-ID', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 100n)
  await sendInvoice(byRule(), invoiceId)
  const id = (await queued(invoiceId))[0]?.id ?? ''
  mail.faults.rules = [{ kind: 'greylist', times: 1 }]
  await expect(deliverMessage(msp.tenantId, id)).rejects.toThrow()
  expect((await queued(invoiceId))[0]?.state).toBe('failed')
  const before = mail.mailbox.list().length
  await deliverMessage(msp.tenantId, id)
  await deliverMessage(msp.tenantId, id)
  expect(mail.mailbox.list()).toHaveLength(before + 1)
  const header = newest().headers.find(({ name }) => name.toLowerCase() === 'message-id')
  expect(header?.value).toBe(`<${id}@mail.example>`)
})

test('nothing that is paid, void or without an address is mailed', async () => {
  const invoiceId = await msp.makeInvoice(clientId, 100n)
  await withTenant(msp.tenantId, (tx) =>
    tx.run(
      sql`update invoices set state = 'void', voided_at = now() where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    ),
  )
  expect(await sendInvoice(byStaff(), invoiceId)).toEqual({ ok: false, because: 'not-open' })
  const open = await msp.makeInvoice(clientId, 100n)
  expect(await sendInvoice(byStaff(), open, 'a@b.cc\r\nBcc: evil@x.yz')).toEqual({ ok: false, because: 'no-address' })
  expect(await queued(open)).toHaveLength(0)
  await expect(
    withTenant(msp.tenantId, (tx) =>
      queueMessage(tx, {
        key: 'x',
        kind: 'pay_now',
        to: 'a@b.cc, c@d.ee',
        locale: 'en-US',
        subject: 's',
        html: '',
        text: '',
      }),
    ),
  ).rejects.toMatchObject({ kind: 'invalid' })
})

test('a sign-in mail carries a link that works in the browser that asked, and leaves no copy behind', async () => {
  const email = (
    await withTenant(msp.tenantId, (tx) =>
      tx.row<{ email: string }>(sql`select email from contacts where tenant_id = ${tx.tenantId} limit 1`),
    )
  )?.email
  const browserToken = browserTokenFor(undefined)
  const person = { audience: 'contact', tenantId: msp.tenantId } as const
  await askSignIn({ ...person, email: email ?? '', browserToken })
  const asked = await withTenant(msp.tenantId, (tx) =>
    tx.row<{ payload: { signInId: string; sealedToken: string } }>(
      sql`select payload from events where tenant_id = ${tx.tenantId} and kind = 'sign_in.asked' order by received_at desc limit 1`,
    ),
  )
  await sendSignInMail(msp.tenantId, asked?.payload.signInId ?? '', asked?.payload.sealedToken ?? '')
  const token = /sign-in\/confirm\?token=([\w-]{43})/.exec(newest().text ?? '')?.[1] ?? ''
  const elsewhere = await confirmSignIn({ ...person, token, browserToken: 'x'.repeat(43) })
  expect(elsewhere).toEqual({ ok: false, because: 'other-browser' })
  expect(await confirmSignIn({ ...person, token, browserToken })).toMatchObject({ ok: true })
  const kept = await withTenant(msp.tenantId, (tx) =>
    tx.rows(sql`select id from messages where tenant_id = ${tx.tenantId} and kind like '%sign_in'`),
  )
  expect(kept).toEqual([])
})
