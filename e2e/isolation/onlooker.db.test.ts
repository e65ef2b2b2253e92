import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, mayKeepKeys, mayManage, mayPay, mayReadTrail } from '@/lib/access/actor'
import { addWidgetOrigin } from '@/lib/access/add-widget-origin'
import { makeApiKey } from '@/lib/access/make-api-key'
import { removeWidgetOrigin } from '@/lib/access/remove-widget-origin'
import { revokeApiKey } from '@/lib/access/revoke-api-key'
import { chooseAccounts } from '@/lib/accounting/choose-accounts'
import { beginConnect, disconnectAccounting } from '@/lib/accounting/connect-accounting'
import { repostPosting } from '@/lib/accounting/repost-posting'
import { authorizeAgreement, offerAgreements } from '@/lib/autopay/authorize-agreement'
import { endAutopay } from '@/lib/autopay/end-autopay'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { startAutopay } from '@/lib/autopay/start-autopay'
import { todayIn } from '@/lib/base/clock'
import { acrossTenants, withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { Sql, sql } from '@/lib/base/sql'
import { closeHold } from '@/lib/billing/close-hold'
import { openHold } from '@/lib/billing/open-hold'
import { getInvoice, listInvoices } from '@/lib/billing/queries'
import { sayInHold } from '@/lib/billing/say-in-hold'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { askApproval } from '@/lib/payments/ask-approval'
import { nameMethod, preferMethod, removeMethod, replaceMethod } from '@/lib/payments/change-method'
import { cancelScheduled, moveScheduled } from '@/lib/payments/change-scheduled'
import { chooseAgreementMethod } from '@/lib/payments/choose-agreement-method'
import { finishOnboarding } from '@/lib/payments/connect-stripe'
import { giveUpAttempt } from '@/lib/payments/give-up-attempt'
import { listAgreementMethods } from '@/lib/payments/list-agreement-methods'
import { listMethods } from '@/lib/payments/list-methods'
import { listScheduled } from '@/lib/payments/list-scheduled'
import { getAttempt, listAttempts } from '@/lib/payments/queries'
import { refreshAttempt } from '@/lib/payments/refresh-attempt'
import { refreshSetup, verifySetup } from '@/lib/payments/refresh-setup'
import { refundPayment } from '@/lib/payments/refund-payment'
import { resumeAttempt } from '@/lib/payments/resume-attempt'
import { saveMethod } from '@/lib/payments/save-method'
import { schedulePayment } from '@/lib/payments/schedule-payment'
import { refreshTypedSchedule, scheduleWithTyped } from '@/lib/payments/schedule-with-typed'
import { startPayment } from '@/lib/payments/start-payment'
import { verifyAccount } from '@/lib/payments/verify-account'
import { connectPsa, disconnectPsa, resyncPsa } from '@/lib/psa/connect-psa'
import { repeatWriteBack } from '@/lib/settlement/repeat-write-back'
import { addEndpoint, removeEndpoint } from '@/lib/webhooks/keep-endpoint'
import { ping, sendAgain } from '@/lib/webhooks/send-again'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp, tokenFor } from '../support/msp.ts'

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
afterAll(() => stripe.close())

const msp = await makeMsp('larkfield', stripe)
const { tenantId } = msp
const clientId = await msp.makeClient()
const [paidId, openId] = [await msp.makeInvoice(clientId, 10_000n), await msp.makeInvoice(clientId, 20_000n)]
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'portal' } as const
const onlooker: Actor = {
  ...{ kind: 'onlooker', tenantId, viewId: newId(), staffId: msp.staffId, sessionId: newId(), clientId },
  expiresAt: new Date(Date.now() + 60_000),
}
const [methodId, setupId, scheduleId, autopayId, mandateId] = [newId(), newId(), newId(), newId(), newId()]
const agreementId = newId()
let attemptId = ''

beforeAll(async () => {
  const system = { kind: 'system', tenantId, reason: 'test' } as const
  const confirmationTokenId = await tokenFor(stripe, { card: '4242424242424242' })
  const paid = await startPayment(
    system,
    { orderKey: newId(), invoices: [{ invoiceId: paidId }], confirmationTokenId },
    where,
  )
  attemptId = paid.attemptId ?? ''
  await withTenant(tenantId, async (tx) => {
    await tx.run(sql`
      insert into agreements (tenant_id, id, client_id, name, status, source_hash, source)
      values (${tx.tenantId}, ${agreementId}, ${clientId}, 'Managed Care', 'Active', '', '{}')`)
    await tx.run(sql`
      insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, created_at)
      values (${tx.tenantId}, ${methodId}, ${clientId}, ${stripe.account}, 'cus_1', 'pm_card_visa', 'card', 'Visa credit, 4242', '4242', now())`)
    await tx.run(sql`
      insert into mandates (tenant_id, id, client_id, method_id, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by)
      values (${tx.tenantId}, ${mandateId}, ${clientId}, ${methodId}, 'card_saved', 'w', 'v', 'en-US', now(), '', '', 'contact')`)
    await tx.run(sql`
      insert into setups (tenant_id, id, client_id, account, customer_id, setup_intent_id, state, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, state_at)
      values (${tx.tenantId}, ${setupId}, ${clientId}, ${stripe.account}, 'cus_1', 'seti_1', 'requires_action', 'card_saved', 'w', 'v', 'en-US', now(), '', '', 'contact', now())`)
    await tx.run(sql`
      insert into scheduled_payments (tenant_id, id, client_id, method_id, state, run_on, amount_minor, currency, locale, created_by, created_at, state_at)
      values (${tx.tenantId}, ${scheduleId}, ${clientId}, ${methodId}, 'scheduled', '2036-12-01', 100, 'USD', 'en-US', 'contact', now(), now())`)
    await tx.run(sql`
      insert into scheduled_parts (tenant_id, schedule_id, invoice_id, amount_minor, is_open)
      values (${tx.tenantId}, ${scheduleId}, ${openId}, 100, true)`)
    await tx.run(sql`
      insert into autopays (tenant_id, id, client_id, method_id, mandate_id, currency, since_on, created_by, locale, created_at)
      values (${tx.tenantId}, ${autopayId}, ${clientId}, ${methodId}, ${mandateId}, 'USD', '2036-11-20', 'contact', 'en-US', now())`)
  })
})

/** Every row of every table, as one text per table. */
async function everything(): Promise<Record<string, string>> {
  return acrossTenants(async (tx) => {
    const tables = await tx.rows<{ name: string }>(sql`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and has_table_privilege(c.oid, 'select') order by 1`)
    const all: Record<string, string> = {}
    for (const { name } of tables) {
      const statement = `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as text from ${name} t`
      all[name] = (await tx.row<{ text: string }>(new Sql([statement], [])))?.text ?? ''
    }
    return all
  })
}

const inTenant = <Answer>(verb: (tx: Parameters<Parameters<typeof withTenant>[1]>[0]) => Promise<Answer>) =>
  withTenant(tenantId, verb)
const agreed = { version: 'v', isBusiness: true } as never
const page = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US' } as const

/** Every verb that writes and could be handed such an actor; those that name another kind do not compile with it. */
const verbs: Record<string, (actor: Actor) => Promise<unknown>> = {
  startPayment: async (actor) =>
    startPayment(
      actor,
      {
        orderKey: newId(),
        invoices: [{ invoiceId: openId }],
        confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
      },
      where,
    ),
  'startPayment with what is saved': (actor) =>
    startPayment(actor, { orderKey: newId(), invoices: [{ invoiceId: openId }], methodId }, where),
  schedulePayment: (actor) =>
    schedulePayment(
      actor,
      { scheduleId: newId(), methodId, runOn: '2036-12-01', invoices: [{ invoiceId: openId, amountMinor: 1n }] },
      'en-US',
    ),
  scheduleWithTyped: (actor) =>
    scheduleWithTyped(
      actor,
      {
        ...{ setupId: newId(), confirmationTokenId: 'ctoken_x', agreed },
        schedule: {
          runOn: '2036-12-01',
          receiptEmail: 'x@example.com',
          invoices: [{ invoiceId: openId, amountMinor: 1n }],
        },
      },
      where,
    ),
  refreshTypedSchedule: (actor) => refreshTypedSchedule(actor, setupId, 'en-US'),
  moveScheduled: (actor) => moveScheduled(actor, scheduleId, '2036-12-02', 'en-US'),
  cancelScheduled: (actor) => cancelScheduled(actor, scheduleId, 'en-US'),
  startAutopay: (actor) => startAutopay(actor, { attemptId, shownOn: '2026-11-20', version: 'v' }, page),
  endAutopay: (actor) => endAutopay(actor, autopayId),
  chooseAgreementMethod: (actor) => chooseAgreementMethod(actor, agreementId, methodId),
  authorizeAgreement: (actor) =>
    authorizeAgreement(actor, { agreementId, methodId, shownOn: todayIn('America/New_York'), mark: 'm' }, page),
  saveMethod: (actor) => saveMethod(actor, { setupId: newId(), confirmationTokenId: 'ctoken_x', agreed }, where),
  nameMethod: (actor) => nameMethod(actor, methodId, 'Mine'),
  preferMethod: (actor) => preferMethod(actor, methodId),
  removeMethod: (actor) => removeMethod(actor, methodId),
  replaceMethod: (actor) => replaceMethod(actor, methodId, newId()),
  refreshSetup: (actor) => refreshSetup(actor, setupId, 'en-US'),
  verifySetup: (actor) => verifySetup(actor, setupId, { descriptorCode: 'SM11AA' }, 'en-US'),
  refreshAttempt: (actor) => refreshAttempt(actor, attemptId),
  resumeAttempt: (actor) => resumeAttempt(actor, attemptId),
  giveUpAttempt: (actor) => giveUpAttempt(actor, attemptId),
  verifyAccount: (actor) => verifyAccount(actor, attemptId, { descriptorCode: 'SM11AA' }),
  openHold: (actor) => openHold(actor, { invoiceId: openId, reason: 'Whose?', amount: '' }),
  closeHold: (actor) => closeHold(actor, newId(), ''),
  sayInHold: (actor) => sayInHold(actor, { holdId: newId(), text: 'Whose?' }),
  sendInvoice: (actor) => sendInvoice(actor, openId),
  refundPayment: (actor) => refundPayment(actor, { attemptId, amountMinor: 1n, reason: 'x' }),
  askApproval: (actor) =>
    inTenant((tx) => askApproval(tx, actor, { attemptId, amountMinor: 1n, currency: 'USD', reason: 'x' })),
  finishOnboarding: (actor) => finishOnboarding(actor),
  connectPsa: (actor) => connectPsa(actor, 'connectwise', {}),
  disconnectPsa: (actor) => disconnectPsa(actor),
  resyncPsa: (actor) => resyncPsa(actor, { full: true }),
  beginConnect: (actor) => beginConnect(actor),
  disconnectAccounting: (actor) => disconnectAccounting(actor),
  chooseAccounts: (actor) => chooseAccounts(actor, {}),
  repostPosting: (actor) => repostPosting(actor, newId()),
  repeatWriteBack: (actor) => repeatWriteBack(actor, newId()),
  makeApiKey: (actor) => makeApiKey(actor, { name: 'x', scopes: ['read'] }),
  revokeApiKey: (actor) => revokeApiKey(actor, newId()),
  addWidgetOrigin: (actor) => addWidgetOrigin(actor, 'https://x.example'),
  removeWidgetOrigin: (actor) => removeWidgetOrigin(actor, newId()),
  addEndpoint: (actor) =>
    inTenant((tx) => addEndpoint(tx, actor, { url: 'https://x.example', description: '', events: ['invoice.paid'] })),
  removeEndpoint: (actor) => inTenant((tx) => removeEndpoint(tx, actor, newId())),
  sendAgain: (actor) => inTenant((tx) => sendAgain(tx, actor, newId())),
  ping: (actor) => inTenant((tx) => ping(tx, actor, newId())),
}

test('who looks on reads what the client reads', async () => {
  expect((await listInvoices(onlooker, { filter: 'all' })).items.map(({ id }) => id).sort()).toEqual(
    [paidId, openId].sort(),
  )
  expect(await getInvoice(onlooker, openId)).toMatchObject({ balance: { minor: 20_000n } })
  expect(await getAttempt(onlooker, attemptId)).toMatchObject({ state: 'succeeded' })
  expect(await listMethods(onlooker, clientId)).toHaveLength(1)
  expect(await listScheduled(onlooker, clientId)).toHaveLength(1)
  expect(await readAutopay(onlooker, clientId)).toMatchObject({ id: autopayId })
  expect(await listAgreementMethods(onlooker, clientId)).toMatchObject([{ agreementId, name: 'Managed Care' }])
  expect(await offerAgreements(onlooker, 'en-US')).toEqual([])
})

test('and nothing of another client', async () => {
  const siblingId = await msp.makeClient('Mercer Packaging')
  const invoiceId = await msp.makeInvoice(siblingId, 1_000n)
  await expect(getInvoice(onlooker, invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
  expect((await listInvoices(onlooker, { clientId: siblingId })).items.map(({ id }) => id)).not.toContain(invoiceId)
  expect(await listMethods(onlooker, siblingId)).toEqual([])
  const sibling: Actor = { ...onlooker, clientId: siblingId }
  await expect(getAttempt(sibling, attemptId)).rejects.toMatchObject({ kind: 'not-found' })
  expect((await listAttempts(sibling, {})).items).toEqual([])
})

test('no right is theirs', () => {
  expect([mayPay, mayManage, mayKeepKeys, mayReadTrail].map((may) => may(onlooker))).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test.each(Object.entries(verbs))('%s refuses whoever looks on, and not one row changes', async (_, verb) => {
  const before = await everything()
  const answer = await verb(onlooker).catch((fault: unknown) => fault)
  const isRefusal =
    answer instanceof Error || answer === false || answer === undefined || (answer as { ok?: boolean }).ok === false
  expect(isRefusal, String(answer)).toBe(true)
  expect(await everything()).toEqual(before)
})

test.each(['nameMethod', 'preferMethod', 'cancelScheduled', 'openHold', 'endAutopay'])(
  '%s does what it is there for when the client asks',
  async (name) => {
    const contact = await withTenant(tenantId, (tx) =>
      tx.row<{ id: string }>(sql`select id from contacts where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
    )
    const before = await everything()
    await verbs[name]?.({ kind: 'contact', tenantId, contactId: contact?.id ?? '', clientId, role: 'payer' })
    expect(await everything()).not.toEqual(before)
  },
)
