import { afterAll, expect, test } from 'vitest'
import { addDays, now, todayIn, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { consentTexts } from '@/lib/payments/consent-texts'
import { verifySetup } from '@/lib/payments/refresh-setup'
import { scheduleWithTyped } from '@/lib/payments/schedule-with-typed'
import { makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { tellNotSet } from './tell-not-set'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
const msp = await makeMsp('larkfield', stripe)
const { tenantId } = msp
afterAll(() => stripe.close())

const today = () => todayIn('America/New_York')

/** An account that is confirmed by small deposits after some days, wished for a payment in three. @returns the setup's id */
async function confirmedAfter(
  days: number,
  language: string,
): Promise<{ setupId: string; invoiceId: string; clientId: string }> {
  windClock(stripe.clock.now().getTime() - Date.now())
  const clientId = await msp.makeClient()
  const invoiceId = await msp.makeInvoice(clientId, 20_000n)
  const contact = await withTenant(tenantId, async (tx) => {
    await tx.run(
      sql`update invoices set due_on = ${addDays(today(), 14)} where tenant_id = ${tx.tenantId} and id = ${invoiceId}`,
    )
    return tx.row<{ id: string }>(
      sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`,
    )
  })
  const who = { kind: 'contact', tenantId, contactId: contact?.id ?? '', clientId, role: 'payer' } as const
  const setupId = newId()
  const version = consentTexts.find(({ kind }) => kind === 'bank_saved_business')?.version ?? ''
  await scheduleWithTyped(
    who,
    {
      setupId,
      confirmationTokenId: await tokenFor(stripe, { bank: '000123456789', verification: 'microdeposits' }),
      agreed: { shownOn: today(), save: { type: 'us_bank_account', accountKind: 'business', version } },
      schedule: {
        ...{ runOn: addDays(today(), 3), receiptEmail: 'dana@hadleymoss.example' },
        invoices: [{ invoiceId, amountMinor: 20_000n }],
      },
    },
    { ip: '203.0.113.7', userAgent: 'Firefox', locale: language, origin: 'portal' },
  )
  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + days * 86_400_000))
  windClock(stripe.clock.now().getTime() - Date.now())
  await verifySetup(who, setupId, { descriptorCode: 'SM11AA' }, language)
  return { setupId, invoiceId, clientId }
}

const lettersAbout = (invoiceId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ toEmail: string; locale: string; text: string }>(sql`
      select to_email, locale, text from messages
      where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId} and kind = 'payment_failed'`),
  )
const tell = (setupId: string) => withTenant(tenantId, (tx) => tellNotSet(tx, setupId))

test('who counts on a payment that could not be set any more hears why, and how to pay; once, in their language', async () => {
  const { setupId, invoiceId } = await confirmedAfter(4, 'fr-CA')
  for (let times = 0; times < 2; times += 1) await tell(setupId)
  const [letter, ...others] = await lettersAbout(invoiceId)
  expect(others).toEqual([])
  expect(letter).toMatchObject({ toEmail: 'dana@hadleymoss.example', locale: 'fr-CA' })
  expect(letter?.text).toContain('trop tard pour la date que vous aviez choisie')
  expect(letter?.text).toMatch(/200,00/)
})

test('nobody is written to about a payment that was set', async () => {
  const { setupId, invoiceId } = await confirmedAfter(2, 'en-US')
  await tell(setupId)
  expect(await lettersAbout(invoiceId)).toEqual([])
})

test('nor about what the PSA has been paid meanwhile: nothing is left to pay', async () => {
  const { setupId, invoiceId, clientId } = await confirmedAfter(4, 'en-US')
  const paid = { debit: 'bank', credit: 'receivable', amount: money(20_000n, 'USD'), clientId, invoiceId } as const
  const cause = { kind: 'recorded.paid', id: newId() } as const
  await withTenant(tenantId, (tx) => record(tx, [{ cause, happenedAt: now(), bookedOn: today(), movements: [paid] }]))
  await tell(setupId)
  expect(await lettersAbout(invoiceId)).toEqual([])
})
