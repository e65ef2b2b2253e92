import { expect, test } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { addDays, now, windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, type Sql, sql } from '@/lib/base/sql'
import { tellAgreementAuthorized } from '@/lib/collections/tell-autopay'
import { removeMethod, replaceMethod } from '@/lib/payments/change-method'
import { chooseAgreementMethod } from '@/lib/payments/choose-agreement-method'
import { chosenForInvoices, listAgreementMethods } from '@/lib/payments/list-agreement-methods'
import { listMethods } from '@/lib/payments/list-methods'
import { runScheduled } from '@/lib/payments/run-scheduled'
import { saveMethod } from '@/lib/payments/save-method'
import { endMethod } from '@/lib/payments/take-method-news'
import { makeMsp, tokenFor } from '../../e2e/support/msp.ts'
import { type Contact, startPayStage, versionOf } from '../../e2e/support/pay-stage.ts'
import { authorizeAgreement, offerAgreements } from './authorize-agreement'
import { endAutopay } from './end-autopay'
import { planAutopay } from './plan-autopay'
import { readAutopay } from './read-autopay'
import { startAutopay } from './start-autopay'

const { stripe, msp, tenantId, today, payerOf } = await startPayStage()
const where = { ip: '203.0.113.7', userAgent: 'Firefox', locale: 'en-US', origin: 'portal' } as const
const notFound = { kind: 'not-found' }

const run = (statement: Sql) => withTenant(tenantId, (tx) => tx.run(statement))

async function save(who: Contact, card: string): Promise<string> {
  const before = (await listMethods(who, who.clientId)).map(({ id }) => id)
  const confirmationTokenId = await tokenFor(stripe, { card })
  const agreed = { shownOn: today(), save: { type: 'card', version: versionOf('card_saved') } }
  await saveMethod(who, { setupId: newId(), confirmationTokenId, agreed }, where)
  const made = (await listMethods(who, who.clientId)).find(({ id }) => !before.includes(id))
  if (made === undefined) throw new Error('nothing was saved')
  return made.id
}

async function agreement(clientId: string, name: string): Promise<string> {
  const id = newId()
  await run(sql`
    insert into agreements (tenant_id, id, client_id, name, status, source_hash, source)
    values (${tenantId}, ${id}, ${clientId}, ${name}, 'Active', '', ${json({})})`)
  return id
}

async function owing(clientId: string, agreementId: string | null, minor = 5_000n): Promise<string> {
  const id = await msp.makeInvoice(clientId, minor)
  await run(sql`
    update invoices set due_on = ${addDays(today(), 3)}, agreement_id = ${agreementId} where tenant_id = ${tenantId} and id = ${id}`)
  return id
}

/** A client with two cards, of which the first is offered first, and two agreements. */
async function client() {
  const who = await payerOf(await msp.makeClient())
  const [visa, mastercard] = [await save(who, '4242424242424242'), await save(who, '5555555555554444')]
  const [care, cloud] = [await agreement(who.clientId, 'Managed Care'), await agreement(who.clientId, 'Cloud licences')]
  return { who, visa, mastercard, care, cloud }
}

const choiceOf = async (who: Contact, agreementId: string) =>
  (await listAgreementMethods(who, who.clientId)).find((one) => one.agreementId === agreementId)?.chosen
/** With what each of these invoices was set to be charged by itself. */
const setWith = async (...invoices: string[]) => {
  await planAutopay(tenantId)
  const rows = await withTenant(tenantId, (tx) =>
    tx.rows<{ invoiceId: string; methodId: string }>(sql`
      select p.invoice_id, s.method_id from scheduled_parts p join scheduled_payments s on s.tenant_id = p.tenant_id and s.id = p.schedule_id
      where p.tenant_id = ${tx.tenantId} and s.origin = 'autopay' and p.is_open`),
  )
  return invoices.map((id) => rows.find(({ invoiceId }) => invoiceId === id)?.methodId)
}
const trailOf = (agreementId: string) =>
  withTenant(tenantId, (tx) =>
    tx.rows<{ action: string; detail: object; actorId: string }>(sql`
      select action, detail, actor_id from audit_entries where tenant_id = ${tx.tenantId} and subject_kind = 'agreement' and subject_id = ${agreementId} order by id`),
  )
const turnOn = (who: Contact, methodId: string, capMinor?: bigint, replaces?: string) =>
  startAutopay(
    who,
    {
      ...{ methodId, shownOn: today(), version: versionOf('autopay_card') },
      ...(capMinor === undefined ? {} : { capMinor }),
      ...(replaces === undefined ? {} : { replaces }),
    },
    where,
  )
const authorizeAll = async (who: Contact) => {
  for (const { text: _, ...order } of await offerAgreements(who, 'en-US'))
    expect(await authorizeAgreement(who, order, where)).toEqual({ ok: true })
}

test('what is chosen for an agreement is what its invoices are paid with first; the trail says what it was and is', async () => {
  const { who, visa, mastercard, care, cloud } = await client()
  const [ofCloud, ofCare, ofNone] = [
    await owing(who.clientId, cloud),
    await owing(who.clientId, care),
    await owing(who.clientId, null),
  ]
  await chooseAgreementMethod(who, cloud, mastercard)
  await chooseAgreementMethod(who, cloud, mastercard)
  const chosen = await chosenForInvoices(who, who.clientId, [ofCloud, ofCare, ofNone])
  expect([...chosen]).toEqual([[ofCloud, { methodId: mastercard, agreement: 'Cloud licences' }]])
  expect(await choiceOf(who, cloud)).toMatchObject({ methodId: mastercard, isGone: false })
  expect(await choiceOf(who, care)).toBeUndefined()
  await chooseAgreementMethod(who, cloud, visa)
  await chooseAgreementMethod(who, cloud)
  expect(await chosenForInvoices(who, who.clientId, [ofCloud])).toEqual(new Map())
  const step = (before: string | null, after: string | null) => ({
    ...{ action: 'agreement.method_chosen', actorId: who.contactId },
    detail: { before: { methodId: before }, after: { methodId: after } },
  })
  expect(await trailOf(cloud)).toEqual([step(null, mastercard), step(mastercard, visa), step(visa, null)])
})

test('owners and payers choose; a viewer, another client and another MSP do not, and nobody with what is not theirs', async () => {
  const { who, visa, cloud } = await client()
  const other = await client()
  const refused = (actor: Actor, agreementId: string, methodId?: string) =>
    expect(chooseAgreementMethod(actor, agreementId, methodId)).rejects.toMatchObject(notFound)
  await chooseAgreementMethod({ ...who, role: 'owner' }, cloud, visa)
  await refused({ ...who, role: 'viewer' }, cloud)
  await refused(other.who, cloud, other.visa)
  await refused(who, cloud, other.visa)
  await refused(who, other.cloud, visa)
  await refused(who, 'made-up', visa)
  await refused(who, cloud, 'made-up')
  const elsewhere = await makeMsp('boreal')
  await refused({ ...who, tenantId: elsewhere.tenantId }, cloud, visa)
  expect(await listAgreementMethods(other.who, who.clientId)).toEqual([])
  expect(await chosenForInvoices(other.who, who.clientId, [await owing(who.clientId, cloud)])).toEqual(new Map())
  expect(await choiceOf(who, cloud)).toMatchObject({ methodId: visa })
  const seen = await withTenant(elsewhere.tenantId, (tx) => tx.rows(sql`select 1 from agreement_methods`))
  expect(seen).toEqual([])
  // And the database by itself: no client's agreement is paid with another client's card.
  await expect(
    run(
      sql`update agreement_methods set method_id = ${other.visa} where tenant_id = ${tenantId} and agreement_id = ${cloud}`,
    ),
  ).rejects.toThrow(/agreement_methods_tenant_id_client_id_method_id_fkey/)
})

test('a method an agreement needs is not removed before another is chosen; replaced everywhere, the agreement goes along', async () => {
  const { who, visa, mastercard, cloud } = await client()
  await chooseAgreementMethod(who, cloud, mastercard)
  expect(await removeMethod(who, mastercard)).toBe(false)
  expect(await replaceMethod(who, mastercard, visa)).toBe(true)
  expect(await choiceOf(who, cloud)).toMatchObject({ methodId: visa })
  expect((await trailOf(cloud)).at(-1)?.detail).toEqual({ before: { methodId: mastercard }, after: { methodId: visa } })
  expect(await removeMethod(who, mastercard)).toBe(true)
})

test('an agreement that has ended holds no method, and what was chosen for it pays nothing more', async () => {
  const { who, mastercard, cloud } = await client()
  await chooseAgreementMethod(who, cloud, mastercard)
  const invoice = await owing(who.clientId, cloud)
  const ends = (on: string | null) =>
    run(sql`update agreements set ends_on = ${on} where tenant_id = ${tenantId} and id = ${cloud}`)
  await ends(today())
  expect((await chosenForInvoices(who, who.clientId, [invoice])).size).toBe(1)
  await ends(addDays(today(), -1))
  expect((await chosenForInvoices(who, who.clientId, [invoice])).size).toBe(0)
  expect(await listAgreementMethods(who, who.clientId)).toContainEqual(
    expect.objectContaining({
      agreementId: cloud,
      isEnded: true,
      chosen: expect.objectContaining({ methodId: mastercard }),
    }),
  )
  await expect(chooseAgreementMethod(who, cloud, mastercard)).rejects.toMatchObject(notFound)
  expect(await removeMethod(who, mastercard)).toBe(true)
  // Another client's by a correction in the PSA: the first one's choice is nothing to it.
  const { who: next, mastercard: theirs, care } = await client()
  await chooseAgreementMethod(next, care, theirs)
  await run(sql`update agreements set client_id = ${who.clientId} where tenant_id = ${tenantId} and id = ${care}`)
  expect((await chosenForInvoices(who, who.clientId, [await owing(who.clientId, care)])).size).toBe(0)
  expect(await removeMethod(next, theirs)).toBe(true)
})

test('automatic payment charges what was chosen once words of its own were agreed to, and what it was turned on with until then', async () => {
  const { who, visa, mastercard, care, cloud } = await client()
  await chooseAgreementMethod(who, cloud, mastercard)
  expect(await turnOn(who, visa, 9_000n)).toEqual({ ok: true })
  const before = await owing(who.clientId, cloud)
  expect(await setWith(before)).toEqual([visa])

  const [offer] = await offerAgreements(who, 'en-US')
  expect(offer).toMatchObject({ agreementId: cloud, methodId: mastercard })
  expect(offer?.text).toContain('Mastercard')
  expect(offer?.text).toContain('each invoice of the agreement “Cloud licences” of $90.00 or less, and none above it,')
  await authorizeAll(who)
  await authorizeAll(who)
  expect(await offerAgreements(who, 'en-US')).toEqual([])
  const [ofCloud, ofCare, ofNone] = [
    await owing(who.clientId, cloud),
    await owing(who.clientId, care),
    await owing(who.clientId, null),
  ]
  const next = (await readAutopay(who, who.clientId))?.next ?? []
  expect(next.find(({ invoiceId }) => invoiceId === ofCloud)?.method).toContain('Mastercard')
  expect(next.find(({ invoiceId }) => invoiceId === ofCare)).not.toHaveProperty('method')
  expect(await setWith(before, ofCloud, ofCare, ofNone)).toEqual([visa, mastercard, visa, visa])

  await stripe.clock.advanceTo(new Date(stripe.clock.now().getTime() + 3 * 86_400_000))
  windClock(stripe.clock.now().getTime() - Date.now())
  await runScheduled(tenantId)
  const paid = await withTenant(tenantId, (tx) =>
    tx.rows<{ invoiceId: string; methodId: string; state: string }>(sql`
      select l.invoice_id, a.method_id, a.state from allocations l join attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
      where l.tenant_id = ${tx.tenantId} and a.client_id = ${who.clientId}`),
  )
  expect(paid).toContainEqual({ invoiceId: ofCloud, methodId: mastercard, state: 'succeeded' })
  expect(paid).toContainEqual({ invoiceId: ofCare, methodId: visa, state: 'succeeded' })
  expect(await msp.balanceOf(ofCloud)).toBe(0n)
})

test('the words are kept as they were shown, and mailed to whoever agreed; other words, people and choices authorize nothing', async () => {
  const { who, visa, mastercard, cloud } = await client()
  await chooseAgreementMethod(who, cloud, mastercard)
  await turnOn(who, visa)
  const [offer] = await offerAgreements(who, 'fr-CA')
  if (offer === undefined) throw new Error('nothing was offered')
  const { text, ...order } = offer
  expect(text).toContain('chaque facture de l’entente « Cloud licences », quel qu’en soit le montant,')
  const french = { ...where, locale: 'fr-CA' }
  const refused = async (actor: Actor, changed: object, because: string) =>
    expect(await authorizeAgreement(actor, { ...order, ...changed }, french)).toMatchObject({ ok: false, because })
  await refused({ ...who, role: 'viewer' }, {}, 'not-allowed')
  await refused((await client()).who, {}, 'changed')
  await refused(who, { mark: 'other words' }, 'changed')
  await refused(who, { methodId: visa }, 'changed')
  await refused(who, { shownOn: addDays(today(), -3) }, 'changed')
  await run(sql`update agreements set name = 'Cloud' where tenant_id = ${tenantId} and id = ${cloud}`)
  await refused(who, {}, 'changed')
  await run(sql`update agreements set name = 'Cloud licences' where tenant_id = ${tenantId} and id = ${cloud}`)
  const answers = await Promise.all([1, 2].map(() => authorizeAgreement(who, order, french)))
  expect(answers).toEqual([{ ok: true }, { ok: true }])

  const kept = await withTenant(tenantId, (tx) =>
    tx.rows<{ id: string }>(sql`
      select id, text, kind, language, accepted_ip, given_by_id from mandates
      where tenant_id = ${tx.tenantId} and method_id = ${mastercard} and kind like 'autopay%'`),
  )
  const given = { kind: 'autopay_card', language: 'fr-CA', acceptedIp: '203.0.113.7', givenById: who.contactId }
  expect(kept).toEqual([{ ...given, id: kept[0]?.id, text }])
  const mandateId = kept[0]?.id ?? ''
  for (let twice = 0; twice < 2; twice += 1)
    await withTenant(tenantId, (tx) => tellAgreementAuthorized(tx, cloud, mandateId))
  const mails = await withTenant(tenantId, (tx) =>
    tx.rows<{ toEmail: string; locale: string; text: string }>(sql`
      select to_email, locale, text from messages where tenant_id = ${tx.tenantId} and key like ${`agreement:${mandateId}%`}`),
  )
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({ locale: 'fr-CA' })
  const mailed = mails[0]?.text.replace(/\s+/g, ' ')
  expect(mailed).toContain('Vos factures de Larkfield IT de l’entente « Cloud licences » sont désormais payées')
  expect(mailed).toContain('chaque facture de l’entente « Cloud licences »')
})

test('a choice that went bad holds nothing up: what automatic payment was turned on with is charged', async () => {
  const ways: Record<string, (methodId: string, cloud: string) => Promise<unknown>> = {
    removed: (methodId) => withTenant(tenantId, (tx) => endMethod(tx, methodId, 'stripe')),
    blocked: (id) => run(sql`update methods set blocked_reason = 'R02' where tenant_id = ${tenantId} and id = ${id}`),
    expired: (id) =>
      run(sql`update methods set expires_on = ${addDays(today(), 2)} where tenant_id = ${tenantId} and id = ${id}`),
    ended: (_, cloud) =>
      run(sql`update agreements set ends_on = ${addDays(today(), -1)} where tenant_id = ${tenantId} and id = ${cloud}`),
    gone: (_, cloud) =>
      run(sql`update agreements set gone_at = ${now()} where tenant_id = ${tenantId} and id = ${cloud}`),
    withdrawn: (id) =>
      run(sql`
        update mandates set revoked_at = ${now()}, revoked_by = 'system:test'
        where tenant_id = ${tenantId} and method_id = ${id} and kind = 'autopay_card' and revoked_at is null`),
  }
  for (const [name, goBad] of Object.entries(ways)) {
    const { who, visa, mastercard, cloud } = await client()
    await chooseAgreementMethod(who, cloud, mastercard)
    await turnOn(who, visa)
    await authorizeAll(who)
    const first = await owing(who.clientId, cloud)
    expect(await setWith(first), name).toEqual([mastercard])
    await goBad(mastercard, cloud)
    const second = await owing(who.clientId, cloud)
    expect(await setWith(second), name).toEqual([visa])
  }
})

test('an authorization goes with the choice, and with the automatic payment it was given under', async () => {
  const { who, visa, mastercard, cloud } = await client()
  const third = await save(who, '4000056655665556')
  await chooseAgreementMethod(who, cloud, mastercard)
  await turnOn(who, visa)
  await authorizeAll(who)
  await chooseAgreementMethod(who, cloud, third)
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([visa])
  await chooseAgreementMethod(who, cloud, mastercard)
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([visa])
  await authorizeAll(who)
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([mastercard])

  expect(await replaceMethod(who, mastercard, third)).toBe(true)
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([visa])
  await authorizeAll(who)
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([third])

  const live = await readAutopay(who, who.clientId)
  // With another limit the old words say too much or too little.
  expect(await turnOn(who, mastercard, 2_000n, live?.id)).toEqual({ ok: true })
  expect(await setWith(await owing(who.clientId, cloud, 1_500n))).toEqual([mastercard])
  expect((await offerAgreements(who, 'en-US')).map(({ methodId }) => methodId)).toEqual([third])
  await authorizeAll(who)
  expect(await setWith(await owing(who.clientId, cloud, 1_500n))).toEqual([third])

  await endAutopay(who, (await readAutopay(who, who.clientId))?.id ?? '')
  const inForce = await withTenant(tenantId, (tx) =>
    tx.rows(sql`
      select 1 from mandates where tenant_id = ${tx.tenantId} and client_id = ${who.clientId} and kind like 'autopay%' and revoked_at is null`),
  )
  expect(inForce).toEqual([])
  expect(await choiceOf(who, cloud)).toEqual(expect.not.objectContaining({ autopayId: expect.anything() }))
  expect(await setWith(await owing(who.clientId, cloud))).toEqual([undefined])
})

test('the database itself refuses an automatic charge to a card that no words cover', async () => {
  const { who, visa, mastercard, cloud } = await client()
  await turnOn(who, visa)
  const { id = '' } = (await readAutopay(who, who.clientId)) ?? {}
  const set = () =>
    run(sql`
      insert into scheduled_payments (tenant_id, id, client_id, method_id, state, origin, autopay_id, run_on, amount_minor, currency, locale, created_by, created_at, state_at)
      values (${tenantId}, ${newId()}, ${who.clientId}, ${mastercard}, 'scheduled', 'autopay', ${id}, '2027-12-01', 100, 'USD', 'en-US', 'system', now(), now())`)
  await expect(set()).rejects.toThrow(/not covered/)
  await chooseAgreementMethod(who, cloud, mastercard)
  await expect(set()).rejects.toThrow(/not covered/)
  await authorizeAll(who)
  expect(await set()).toBe(1)
})
