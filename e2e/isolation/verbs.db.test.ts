import { afterAll, expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { createStatementLink, openPayLink, revokePayLinks } from '@/lib/access/pay-link'
import { openSessionFor } from '@/lib/access/session'
import { switchClient } from '@/lib/access/switch-client'
import { authorizeAgreement, offerAgreements } from '@/lib/autopay/authorize-agreement'
import { endAutopay } from '@/lib/autopay/end-autopay'
import { offerAutopay } from '@/lib/autopay/offer-autopay'
import { readAutopay } from '@/lib/autopay/read-autopay'
import { startAutopay } from '@/lib/autopay/start-autopay'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getClient, getInvoice, invoiceVersions, listClients, listInvoices } from '@/lib/billing/queries'
import { mailStatements } from '@/lib/collections/mail-statements'
import { raise } from '@/lib/events/exception'
import { doneWithException, ownException } from '@/lib/events/work-exception'
import { deliverMessage } from '@/lib/mail/deliver-message'
import { listWordedMails, listWordings, readWording, saveWording } from '@/lib/mail/keep-wording'
import { queueMessage } from '@/lib/mail/queue-message'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { sendStatement } from '@/lib/mail/send-statement'
import { readSenderCheck } from '@/lib/mail/sender/check-sender'
import { listKeptPapers, listPapers, openPaper } from '@/lib/papers/read-papers'
import { nameMethod, preferMethod, removeMethod, replaceMethod } from '@/lib/payments/change-method'
import { cancelScheduled, moveScheduled } from '@/lib/payments/change-scheduled'
import { chooseAgreementMethod } from '@/lib/payments/choose-agreement-method'
import { chosenForInvoices, listAgreementMethods } from '@/lib/payments/list-agreement-methods'
import { getMandate, listMandates, listMethods, listSetups } from '@/lib/payments/list-methods'
import { getScheduled, listScheduled } from '@/lib/payments/list-scheduled'
import { attemptsOfInvoice, getAttempt, listAttempts, readAttempt } from '@/lib/payments/queries'
import { refreshAttempt } from '@/lib/payments/refresh-attempt'
import { refreshSetup } from '@/lib/payments/refresh-setup'
import { refundPayment } from '@/lib/payments/refund-payment'
import { schedulePayment } from '@/lib/payments/schedule-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { getPaymentRecord } from '@/lib/reports/payment-record'
import { readStory } from '@/lib/reports/read-story'
import { sumStatements } from '@/lib/reports/sum-statements'
import { getToday } from '@/lib/reports/today'
import { getPayout } from '@/lib/settlement/get-payout'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp, tokenFor } from '../support/msp.ts'

// Run three times: as it is, with every filter on the tenant taken out (row-level security must hold alone), and as a
// role that row-level security lets through (the filters must hold alone). See isolation.test.ts.

const stripe = await startTestStripe()
process.env.STRIPE_API_URL = stripe.service.url
process.env.MAIL_FROM = 'billing@larkfield.example'
process.env.SMTP_URL = 'smtp://mail.larkfield.example'
process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
afterAll(() => stripe.close())

const ours = await makeMsp('larkfield', stripe)
const theirs = await makeMsp('boreal')
const system = { kind: 'system', tenantId: ours.tenantId, reason: 'test' } as const
const where = { ip: '127.0.0.1', userAgent: 'test', locale: 'en-US', origin: 'link' } as const

const clientId = await ours.makeClient()
const invoiceId = await ours.makeInvoice(clientId, 10_000n)
const openInvoiceId = await ours.makeInvoice(clientId, 20_000n)
const paid = await startPayment(
  system,
  {
    orderKey: newId(),
    invoices: [{ invoiceId }],
    confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
  },
  where,
)
const attemptId = paid.attemptId ?? ''
const payoutId = newId()
await withTenant(ours.tenantId, async (tx) => {
  await tx.run(sql`
    insert into payouts (tenant_id, id, account, payout_id, state, amount_minor, currency, arrives_on, created_at)
    values (${tx.tenantId}, ${payoutId}, ${stripe.account}, 'po_1', 'paid', 100, 'USD', '2026-11-20', now())`)
  await queueMessage(tx, {
    key: 'k',
    kind: 'staff_notice',
    to: 'a@b.example',
    locale: 'en-US',
    subject: 's',
    html: 'h',
    text: 't',
  })
  await raise(tx, { cause: 'returned', subject: { kind: 'attempt', id: attemptId }, detail: 'd', nextStep: 'n' })
})
const [methodId, mandateId, setupId] = [newId(), newId(), newId()]
await withTenant(ours.tenantId, async (tx) => {
  await tx.run(sql`
    insert into methods (tenant_id, id, client_id, account, customer_id, payment_method_id, type, label, last4, created_at)
    values (${tx.tenantId}, ${methodId}, ${clientId}, ${stripe.account}, 'cus_1', 'pm_card_visa', 'card', 'Visa credit, 4242', '4242', now())`)
  await tx.run(sql`
    insert into mandates (tenant_id, id, client_id, method_id, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by)
    values (${tx.tenantId}, ${mandateId}, ${clientId}, ${methodId}, 'card_saved', 'w', 'v', 'en-US', now(), '', '', 'contact')`)
  await tx.run(sql`
    insert into setups (tenant_id, id, client_id, account, customer_id, setup_intent_id, state, kind, text, text_version, language, accepted_at, accepted_ip, user_agent, given_by, state_at)
    values (${tx.tenantId}, ${setupId}, ${clientId}, ${stripe.account}, 'cus_1', 'seti_1', 'requires_action', 'card_saved', 'w', 'v', 'en-US', now(), '', '', 'contact', now())`)
})
const scheduleId = newId()
const setInvoiceId = await ours.makeInvoice(clientId, 30_000n)
await withTenant(ours.tenantId, async (tx) => {
  await tx.run(sql`
    insert into scheduled_payments (tenant_id, id, client_id, method_id, state, run_on, amount_minor, currency, locale, created_by, created_at, state_at)
    values (${tx.tenantId}, ${scheduleId}, ${clientId}, ${methodId}, 'scheduled', '2026-12-01', 30000, 'USD', 'en-US', 'contact', now(), now())`)
  await tx.run(sql`
    insert into scheduled_parts (tenant_id, schedule_id, invoice_id, amount_minor, is_open)
    values (${tx.tenantId}, ${scheduleId}, ${setInvoiceId}, 30000, true)`)
})
const autopayId = newId()
await withTenant(ours.tenantId, async (tx) => {
  await tx.run(sql`
    insert into autopays (tenant_id, id, client_id, method_id, mandate_id, currency, since_on, created_by, locale, created_at)
    values (${tx.tenantId}, ${autopayId}, ${clientId}, ${methodId}, ${mandateId}, 'USD', '2026-11-20', 'contact', 'en-US', now())`)
})
const agreementId = newId()
await withTenant(ours.tenantId, async (tx) => {
  await tx.run(sql`
    insert into agreements (tenant_id, id, client_id, name, status, source_hash, source)
    values (${tx.tenantId}, ${agreementId}, ${clientId}, 'Managed Care', 'Active', '', '{}')`)
  await tx.run(
    sql`update invoices set agreement_id = ${agreementId} where tenant_id = ${tx.tenantId} and id = ${openInvoiceId}`,
  )
  await tx.run(sql`
    insert into agreement_methods (tenant_id, client_id, agreement_id, method_id, chosen_at)
    values (${tx.tenantId}, ${clientId}, ${agreementId}, ${methodId}, now())`)
})
const paperId = await keepPaper(clientId)
const [message, exception] = await withTenant(ours.tenantId, async (tx) => [
  await tx.row<{ id: string }>(sql`select id from messages where tenant_id = ${tx.tenantId}`),
  await tx.row<{ id: string }>(sql`select id from exceptions where tenant_id = ${tx.tenantId} and cause = 'returned'`),
])

const theirClientId = await theirs.makeClient('Clinique du Parc')
const theirInvoiceId = await theirs.makeInvoice(theirClientId, 777n)
const siblingId = await ours.makeClient('Mercer Packaging')

/** A paper of ours for one client alone, as a row. */
async function keepPaper(of: string): Promise<string> {
  const id = newId()
  await withTenant(ours.tenantId, (tx) =>
    tx.run(sql`
      insert into papers (tenant_id, id, client_id, title, pdf, sha256, added_by, created_at)
      values (${tx.tenantId}, ${id}, ${of}, 'W-9', 'x', encode(sha256('x'), 'hex'), ${ours.staffId}, now())`),
  )
  return id
}

/** Everybody who must not reach Hadley & Moss at Larkfield: the other MSP's people, and Larkfield's other client. */
const strangers: [name: string, actor: Actor][] = [
  ['the other MSP’s owner', { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' }],
  [
    'the other MSP’s client',
    { kind: 'contact', tenantId: theirs.tenantId, contactId: newId(), clientId: theirClientId, role: 'owner' },
  ],
  [
    'the same client id at the other MSP',
    { kind: 'contact', tenantId: theirs.tenantId, contactId: newId(), clientId, role: 'owner' },
  ],
  [
    'a link of the other MSP to this very invoice',
    { kind: 'link', tenantId: theirs.tenantId, linkId: newId(), invoiceId, clientId },
  ],
  [
    'another client of the same MSP',
    { kind: 'contact', tenantId: ours.tenantId, contactId: newId(), clientId: siblingId, role: 'owner' },
  ],
  [
    'a link of another client of the same MSP',
    { kind: 'link', tenantId: ours.tenantId, linkId: newId(), invoiceId: newId(), clientId: siblingId },
  ],
  [
    'the link of a statement at the other MSP, to these very invoices',
    {
      kind: 'link',
      ...{ tenantId: theirs.tenantId, linkId: newId(), clientId, invoiceIds: [invoiceId, openInvoiceId] },
    },
  ],
  [
    'the link of another client’s statement at the same MSP',
    { kind: 'link', tenantId: ours.tenantId, linkId: newId(), invoiceIds: [newId()], clientId: siblingId },
  ],
  [
    'a widget session of the other MSP for this very invoice',
    {
      kind: 'checkout',
      tenantId: theirs.tenantId,
      sessionId: newId(),
      clientId,
      scope: { kind: 'invoices', invoiceIds: [invoiceId, openInvoiceId] },
    },
  ],
  [
    'a widget session of another client of the same MSP',
    { kind: 'checkout', tenantId: ours.tenantId, sessionId: newId(), clientId: siblingId, scope: { kind: 'open' } },
  ],
]

for (const [name, actor] of strangers) {
  test(`${name} finds nothing of it`, async () => {
    await expect(getInvoice(actor, invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(invoiceVersions(actor, invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(sendInvoice(actor, openInvoiceId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(sendStatement(actor, clientId, 'again')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(getAttempt(actor, attemptId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(refreshAttempt(actor, attemptId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(getClient(actor, clientId)).rejects.toMatchObject({ kind: 'not-found' })
    const seen = [
      ...(await listInvoices(actor, { clientId })).items.map(({ id }) => id),
      ...(await listAttempts(actor, { clientId })).items.map(({ id }) => id),
      ...(await listClients(actor, {})).items.map(({ id }) => id),
    ]
    for (const id of [invoiceId, openInvoiceId, attemptId, clientId]) expect(seen).not.toContain(id)
  })

  test(`${name} neither sees nor changes what is saved`, async () => {
    expect(await listMethods(actor, clientId)).toEqual([])
    expect(await listMandates(actor, clientId)).toEqual([])
    expect(await listSetups(actor)).toEqual([])
    await expect(getMandate(actor, mandateId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(refreshSetup(actor, setupId, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(nameMethod(actor, methodId, 'x')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(preferMethod(actor, methodId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(removeMethod(actor, methodId)).rejects.toMatchObject({ kind: 'not-found' })
    const order = { orderKey: newId(), invoices: [{ invoiceId: openInvoiceId }], methodId }
    const answer = await startPayment(actor, order, where).catch((fault: unknown) => fault)
    expect(answer).toMatchObject(actor.tenantId === ours.tenantId ? { ok: false } : { kind: 'conflict' })
  })

  test(`${name} neither finds nor opens what was handed to the client`, async () => {
    await expect(openPaper(actor, paperId)).rejects.toMatchObject({ kind: 'not-found' })
    const found =
      actor.kind === 'contact' ? await listPapers(actor) : actor.kind === 'staff' ? await listKeptPapers(actor) : []
    expect(found).toEqual([])
  })

  test(`${name} neither sees nor changes what is set for a date, and sets nothing`, async () => {
    expect(await listScheduled(actor, clientId)).toEqual([])
    await expect(getScheduled(actor, scheduleId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(moveScheduled(actor, scheduleId, '2026-12-02', 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(cancelScheduled(actor, scheduleId, 'en-US')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(replaceMethod(actor, methodId, methodId)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await listAgreementMethods(actor, clientId)).toEqual([])
    expect(await chosenForInvoices(actor, clientId, [openInvoiceId])).toEqual(new Map())
    await expect(chooseAgreementMethod(actor, agreementId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(chooseAgreementMethod(actor, agreementId, methodId)).rejects.toMatchObject({ kind: 'not-found' })
    const order = {
      scheduleId: newId(),
      methodId,
      runOn: '2026-12-01',
      invoices: [{ invoiceId: openInvoiceId, amountMinor: 1n }],
    }
    const answer = await schedulePayment(actor, order, 'en-US').catch((fault: unknown) => fault)
    expect(answer).toMatchObject({ ok: false })
  })

  test(`${name} neither sees, turns on nor ends what is charged by itself`, async () => {
    expect(await readAutopay(actor, clientId)).toBeUndefined()
    expect(await offerAutopay(actor, { attemptId })).toBeUndefined()
    await expect(endAutopay(actor, autopayId)).rejects.toMatchObject({ kind: 'not-found' })
    const order = { attemptId, shownOn: todayIn('America/New_York'), version: 'autopay-card 2026-11' }
    expect(await startAutopay(actor, order, where)).toMatchObject({ ok: false })
    expect(await offerAgreements(actor, 'en-US')).toEqual([])
    const authorized = { agreementId, methodId, shownOn: todayIn('America/New_York'), mark: 'made up' }
    expect(await authorizeAgreement(actor, authorized, where)).toMatchObject({ ok: false })
  })

  test(`${name} can neither pay nor refund it`, async () => {
    const order = {
      orderKey: newId(),
      invoices: [{ invoiceId: openInvoiceId }],
      confirmationTokenId: await tokenFor(stripe, { card: '4242424242424242' }),
    }
    const answer = await startPayment(actor, order, where).catch((fault: unknown) => fault)
    expect(answer).toMatchObject(actor.tenantId === ours.tenantId ? { ok: false } : { kind: 'conflict' })
    expect(await refundPayment(actor, { attemptId, amountMinor: 1n, reason: 'x' })).toMatchObject({ ok: false })
    expect(await ours.balanceOf(openInvoiceId)).toBe(20_000n)
    expect(await ours.balanceOf(invoiceId)).toBe(0n)
  })
}

test('one address at both MSPs leads from neither to the other, nor does the other’s session', async () => {
  const email = 'books@ledgerly.example'
  const known = async (msp: typeof ours, of: string) => {
    const contactId = newId()
    await withTenant(msp.tenantId, (tx) =>
      tx.run(sql`
        insert into contacts (tenant_id, id, client_id, name, email, is_billing, role, source_hash, source)
        values (${tx.tenantId}, ${contactId}, ${of}, 'Sam Booker', ${email}, false, 'owner', '', '{}')`),
    )
    const { id: sessionId } = await withTenant(msp.tenantId, (tx) =>
      openSessionFor(tx, 'contact', contactId, undefined, { provenEmail: email }),
    )
    return { kind: 'contact', tenantId: msp.tenantId, contactId, clientId: of, role: 'owner', sessionId } as const
  }
  const [here, there] = [await known(ours, clientId), await known(theirs, theirClientId)]
  await known(ours, siblingId)
  const by = { userAgent: '', address: '' }
  await expect(switchClient(here, theirClientId, by)).rejects.toMatchObject({ kind: 'not-found' })
  await expect(switchClient(there, clientId, by)).rejects.toMatchObject({ kind: 'not-found' })
  const forged = { ...here, tenantId: theirs.tenantId }
  await expect(switchClient(forged, siblingId, by)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await switchClient(here, siblingId, by)).toMatch(ours.tenantId)
})

test('the other MSP’s staff and worker find nothing under our ids', async () => {
  const staff = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
  await expect(getPayout(staff, payoutId)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await getPaymentRecord(staff, attemptId, 'USD')).toMatchObject({ moves: [], refunds: [] })
  await expect(readStory(staff, invoiceId)).rejects.toMatchObject({ kind: 'not-found' })
  await ownException(theirs.tenantId, theirs.staffId, exception?.id ?? '')
  await doneWithException(theirs.tenantId, theirs.staffId, exception?.id ?? '')
  await deliverMessage(theirs.tenantId, message?.id ?? '')
  const untouched = await withTenant(ours.tenantId, async (tx) => [
    await tx.row(sql`select state from messages where tenant_id = ${tx.tenantId} and id = ${message?.id ?? null}`),
    await tx.row(
      sql`select owner_id, closed_at from exceptions where tenant_id = ${tx.tenantId} and id = ${exception?.id ?? null}`,
    ),
  ])
  expect(untouched).toEqual([{ state: 'waiting' }, { ownerId: null, closedAt: null }])
  const inTheirs = await withTenant(theirs.tenantId, async (tx) => [
    await readAttempt(tx, attemptId),
    await attemptsOfInvoice(tx, invoiceId),
  ])
  expect(inTheirs).toEqual([undefined, []])
})

test('figures of one MSP do not count the other’s money', async () => {
  const today = await getToday({ kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' })
  const text = JSON.stringify(today, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
  expect(text).not.toContain('10000')
  expect(text).not.toContain('20000')
  const staff = { kind: 'staff', tenantId: theirs.tenantId, staffId: theirs.staffId, role: 'owner' } as const
  expect((await listInvoices(staff, { filter: 'all' })).items.map(({ id }) => id)).toEqual([theirInvoiceId])
})

test('the link of a statement opens what its client owes at its own MSP, and another MSP neither makes nor closes it', async () => {
  const make = (tenantId: string) => withTenant(tenantId, (tx) => createStatementLink(tx, { clientId, sentTo: null }))
  const token = await make(ours.tenantId)
  expect(await openPayLink('boreal', token)).toEqual({ ok: false, because: 'unknown' })
  expect(await openPayLink('boreal', await make(theirs.tenantId))).toEqual({ ok: false, because: 'unknown' })
  expect(await withTenant(theirs.tenantId, (tx) => revokePayLinks(tx, { clientId }, 'by_staff'))).toBe(0)
  const link = await openPayLink('larkfield', token)
  expect(link).toMatchObject({ ok: true, actor: { clientId, tenantId: ours.tenantId } })
  const named = link.ok && link.of === 'statement' ? link.actor.invoiceIds : []
  expect(named).toContain(openInvoiceId)
  for (const id of [invoiceId, theirInvoiceId]) expect(named).not.toContain(id)
})

test('the other MSP’s round mails no statement of ours, and adds up nothing of ours', async () => {
  await withTenant(ours.tenantId, (tx) =>
    tx.run(sql`
      update contacts set statement_from = '2026-01-01' where tenant_id = ${tx.tenantId} and client_id = ${clientId}`),
  )
  const statements = () =>
    withTenant(ours.tenantId, (tx) =>
      tx.rows(
        sql`select to_email from messages where tenant_id = ${tx.tenantId} and kind = 'monthly_statement' order by id`,
      ),
    )
  const november = { from: '2026-11-01', to: '2026-11-30' }
  const seenBy = (tenantId: string) => withTenant(tenantId, (tx) => sumStatements(tx, [clientId], november))
  await mailStatements(theirs.tenantId)
  expect(await statements()).toEqual([])
  expect([...(await seenBy(theirs.tenantId)).keys()]).toEqual([])
  expect([...(await seenBy(ours.tenantId)).keys()]).toEqual([clientId])
})

test('what our mails say, and what our sender publishes, is ours alone', async () => {
  const typed = { subject: 'Bill {invoice}', opening: 'Hello.', closing: '' }
  const wish = { kind: 'pay_now', locale: 'en-US', typed, basedOn: 0 } as const
  const me = { kind: 'staff', tenantId: ours.tenantId, staffId: ours.staffId, role: 'owner' } as const
  await withTenant(ours.tenantId, async (tx) => {
    expect(await saveWording(tx, me, wish)).toMatchObject({ ok: true })
    await tx.run(sql`
      insert into sender_checks (tenant_id, domain, selector, answers, checked_at)
      values (${tx.tenantId}, 'larkfield.example', '', '{}', now())`)
  })
  const seenBy = (tenantId: string) =>
    withTenant(tenantId, async (tx) => [
      (await listWordings(tx, 'pay_now', 'en-US')).length,
      (await listWordedMails(tx)).length,
      (await readWording(tx, 'pay_now', 'en-US'))?.subject,
      (await readSenderCheck(tx))?.domain,
    ])
  expect(await seenBy(ours.tenantId)).toEqual([1, 1, 'Bill {invoice}', 'larkfield.example'])
  expect(await seenBy(theirs.tenantId)).toEqual([0, 0, undefined, undefined])
})
