import { type Browser, expect } from '@playwright/test'
import { stack } from '../support/stack.ts'
import { windBankingDays } from './clock.ts'
import { keepApproval, keepPaper, keepSaved, keepSessions, type SavedId } from './keep-guarded.ts'
import { PayPage } from './pay-page.ts'
import { product } from './product.ts'
import { issueAndReceive } from './psa.ts'
import { secondMsp } from './second-msp.ts'
import { contacts } from './sessions.ts'
import { sumNear } from './stripe.ts'

/** Rows of Hadley & Moss at Larkfield, which nobody in these journeys may reach, and links that lead elsewhere. */
export type Guarded = {
  clientId: string
  /** Somebody of the guarded client. */
  contactId: string
  invoiceId: string
  attemptId: string
  payoutId: string
  exceptionId: string
  postingId: string
  connectionId: string
  apiKeyId: string
  endpointId: string
  deliveryId: string
  methodId: string
  mandateId: string
  setupId: string
  widgetOriginId: string
  /** Where the owner and somebody of the guarded client are signed in. */
  sessionId: string
  /** The owner. */
  staffId: string
  /** A refund that waits for a second person. */
  approvalId: string
  /** A paper for the guarded client alone. */
  paperId: string
  clientSessionId: string
  /** A pay link's secret for an invoice of another client of the same MSP, and one of the guarded invoice. */
  otherToken: string
  ownToken: string
  /** An invoice that is paid, by the attempt, and a link to it. */
  paidId: string
  paidToken: string
  /** The secret of the guarded client’s statement. */
  statementToken: string
  /** What must appear in no answer. */
  marks: string[]
}

/** Everybody who asks. Each holds a session of the kind that is named, good for something else. */
export const strangers = ['nobody', 'other MSP’s staff', 'other MSP’s client', 'other client'] as const
export type Stranger = (typeof strangers)[number]

export async function findGuarded(browser: Browser): Promise<Guarded> {
  const { withTenant, sql, raise, createPayLink, createStatementLink, makeApiKey, addEndpoint, ping } = await product()
  const { tenantId, staffId } = stack().owner
  const paid = await issueAndReceive('Hadley & Moss Architects', await sumNear(57_000))
  const page = await browser.newPage()
  await new PayPage(page).payByCard(paid.payLink)
  await page.close()
  await havePayout()
  const owner = { kind: 'staff', tenantId, staffId, role: 'owner' } as const
  const apiKey = await makeApiKey(owner, { name: 'Guarded', scopes: ['read'] })
  if (!apiKey.ok) throw new Error(apiKey.because)
  return withTenant(tenantId, async (tx) => {
    const found = await tx.row<
      Omit<
        Guarded,
        | 'otherToken'
        | 'ownToken'
        | 'paidToken'
        | 'statementToken'
        | 'exceptionId'
        | 'apiKeyId'
        | 'endpointId'
        | 'deliveryId'
        | 'marks'
        | SavedId
        | 'sessionId'
        | 'staffId'
        | 'clientSessionId'
        | 'approvalId'
        | 'paperId'
      >
    >(sql`
      select i.client_id, i.id as invoice_id, p.id as paid_id,
        (select id from contacts where tenant_id = i.tenant_id and client_id = i.client_id and is_billing) as contact_id,
        (select attempt_id from allocations where tenant_id = i.tenant_id and invoice_id = p.id) as attempt_id,
        (select o.id from payouts o where o.tenant_id = i.tenant_id
          order by (select count(*) from balance_transactions b where b.tenant_id = o.tenant_id and b.payout_id = o.id) desc, o.id
          limit 1) as payout_id,
        (select id from postings where tenant_id = i.tenant_id and state = 'posted' order by created_at limit 1) as posting_id,
        (select id from widget_origins where tenant_id = i.tenant_id limit 1) as widget_origin_id,
        (select id from connections where tenant_id = i.tenant_id and kind = 'psa' and state = 'connected') as connection_id
      from invoices i join invoices p on p.tenant_id = i.tenant_id and p.number = ${paid.number}
      where i.tenant_id = ${tx.tenantId} and i.number = '20397'`)
    const other = await tx.row<{ id: string }>(sql`
      select id from invoices where tenant_id = ${tx.tenantId} and number = '20391'`)
    if (found === undefined || other === undefined) throw new Error('The world lacks what is to be guarded')
    await raise(tx, {
      cause: 'returned',
      subject: { kind: 'attempt', id: found.attemptId },
      detail: 'Guarded exception',
      nextStep: 'Nothing',
    })
    const exception = await tx.row<{ id: string }>(sql`
      select id from exceptions where tenant_id = ${tx.tenantId} and detail = 'Guarded exception' and closed_at is null`)
    const hook = await addEndpoint(tx, owner, {
      url: 'https://guarded.example/hook',
      description: '',
      events: ['invoice.paid'],
    })
    const deliveryId = hook.ok ? await ping(tx, owner, hook.endpoint.id) : undefined
    if (!hook.ok || deliveryId === undefined) throw new Error('The endpoint to be guarded was not made')
    const saved = await keepSaved(tx, found.clientId)
    const sessions = await keepSessions(tx, staffId, found.clientId)
    const approvalId = await keepApproval(tx, found.attemptId, staffId)
    const paperId = await keepPaper(tx, found.clientId, staffId)
    const link = (invoiceId: string) => createPayLink(tx, { invoiceId, dueOn: '2026-12-31', sentTo: null })
    return {
      ...found,
      ...saved,
      ...sessions,
      staffId,
      approvalId,
      paperId,
      apiKeyId: apiKey.id,
      endpointId: hook.endpoint.id,
      deliveryId,
      exceptionId: exception?.id ?? '',
      otherToken: await link(other.id),
      ownToken: await link(found.invoiceId),
      paidToken: paid.payLink.split('/').at(-1) ?? '',
      statementToken: await createStatementLink(tx, { clientId: found.clientId, sentTo: null }),
      marks: [
        ...['Guarded card', 'Hadley', '20397', paid.number, 'Conference room'],
        ...['Guarded exception', 'Guarded refund', 'Guarded paper', 'dana@', 'guarded.example'],
      ],
    }
  })
}

/** Winds the clock until Stripe has paid out once, unless it has. */
async function havePayout(): Promise<void> {
  const { withTenant, sql } = await product()
  const count = () =>
    withTenant(stack().owner.tenantId, (tx) =>
      tx.rows(sql`select id from payouts where tenant_id = ${tx.tenantId} limit 1`),
    )
  if ((await count()).length === 0) await windBankingDays(4)
  await expect.poll(count, { timeout: 60_000 }).toHaveLength(1)
}

/** Takes away what was put there to be guarded. */
export async function letGo({ attemptId, methodId, setupId, approvalId, paperId, staffId }: Guarded): Promise<void> {
  const { withTenant, settle, sql } = await product()
  await withTenant(stack().owner.tenantId, async (tx) => {
    await settle(tx, 'returned', attemptId)
    await tx.run(sql`update methods set removed_at = now() where tenant_id = ${tx.tenantId} and id = ${methodId}`)
    await tx.run(sql`
      update approvals set state = 'withdrawn', decided_at = now() where tenant_id = ${tx.tenantId} and id = ${approvalId} and state = 'waiting'`)
    await tx.run(sql`
      update papers set withdrawn_at = now(), withdrawn_by = ${staffId}
      where tenant_id = ${tx.tenantId} and id = ${paperId} and withdrawn_at is null`)
    await tx.run(sql`update setups set state = 'failed' where tenant_id = ${tx.tenantId} and id = ${setupId}`)
  })
}

/** A fresh session of this stranger, as a cookie header; the viewer is of the guarded MSP's own staff. */
export async function cookieOf(who: Stranger | 'owner' | 'viewer'): Promise<string> {
  const { withTenant, openSession } = await product()
  const { owner } = stack()
  const session = (audience: 'staff' | 'contact', tenantId: string, personId: string) =>
    withTenant(tenantId, (tx) => openSession(tx, audience, personId))
  const boreal = await secondMsp()
  switch (who) {
    case 'nobody':
      return ''
    case 'owner':
      return `closeloop-staff=${await session('staff', owner.tenantId, owner.staffId)}`
    case 'viewer':
      return `closeloop-staff=${await session('staff', owner.tenantId, await viewerId())}`
    case 'other MSP’s staff':
      return `closeloop-staff=${await session('staff', boreal.tenantId, boreal.staffId)}`
    case 'other MSP’s client':
      return asClient(await session('contact', boreal.tenantId, boreal.contactId))
    case 'other client': {
      const other = (await contacts()).find(({ client, isBilling }) => client === 'Kestrel Freight' && isBilling)
      return asClient(await session('contact', owner.tenantId, other?.id ?? ''))
    }
  }
}

/** Shown at either MSP's door, whoever's it is: what it is called in a browser must not be what keeps it out. */
function asClient(cookie: string): string {
  return ['larkfield', 'boreal'].map((slug) => `closeloop-client-${slug}=${cookie}`).join('; ')
}

/** Somebody of Larkfield's who sees everything and changes nothing. */
async function viewerId(): Promise<string> {
  const { withTenant, sql, newId } = await product()
  const viewer = await withTenant(stack().owner.tenantId, (tx) =>
    tx.row<{ id: string }>(sql`
      insert into staff (tenant_id, id, email, name, role) values (${tx.tenantId}, ${newId()}, 'vera@larkfield.example', 'Vera Lind', 'viewer')
      on conflict (tenant_id, email) do update set role = 'viewer' returning id`),
  )
  return viewer?.id ?? ''
}

/** Everything about the guarded rows that an attack could change, as one text. */
export async function stateOf({
  clientId,
  invoiceId,
  attemptId,
  exceptionId,
  postingId,
  apiKeyId,
  endpointId,
  methodId,
  setupId,
  sessionId,
  clientSessionId,
  staffId,
  approvalId,
  paperId,
}: Guarded): Promise<string> {
  const { withTenant, sql } = await product()
  return withTenant(stack().owner.tenantId, async (tx) => {
    const rows = await tx.rows<object>(sql`
      select
        (select to_jsonb(i) from invoices i where tenant_id = ${tx.tenantId} and id = ${invoiceId}) as invoice,
        (select state from attempts where tenant_id = ${tx.tenantId} and id = ${attemptId}) as attempt,
        (select to_jsonb(e) from exceptions e where tenant_id = ${tx.tenantId} and id = ${exceptionId}) as exception,
        (select jsonb_build_array(state, booked_on, tries) from postings where tenant_id = ${tx.tenantId} and id = ${postingId}) as posting,
        (select to_jsonb(m) from methods m where tenant_id = ${tx.tenantId} and id = ${methodId}) as method,
        (select to_jsonb(u) from setups u where tenant_id = ${tx.tenantId} and id = ${setupId}) as setup,
        (select to_jsonb(t) from tenants t where id = ${tx.tenantId}) as tenant,
        (select jsonb_agg(jsonb_build_array(kind, state, account) order by kind, id) from connections where tenant_id = ${tx.tenantId}) as connections,
        (select to_jsonb(w) - 'failing_since' from webhook_endpoints w where tenant_id = ${tx.tenantId} and id = ${endpointId}) as endpoint,
        (select count(*)::int from webhook_deliveries where tenant_id = ${tx.tenantId} and endpoint_id = ${endpointId}) as deliveries,
        (select to_jsonb(k) from api_keys k where tenant_id = ${tx.tenantId} and id = ${apiKeyId}) as api_key,
        (select jsonb_agg(revoked_at order by id) from sessions where tenant_id = ${tx.tenantId} and id in (${sessionId}, ${clientSessionId})) as sessions,
        (select to_jsonb(f) from staff f where tenant_id = ${tx.tenantId} and id = ${staffId}) as staff,
        (select to_jsonb(p) from approvals p where tenant_id = ${tx.tenantId} and id = ${approvalId}) as approval,
        (select to_jsonb(p) from papers p where tenant_id = ${tx.tenantId} and id = ${paperId}) as paper,
        (select count(*)::int from refunds where tenant_id = ${tx.tenantId}) as refunds,
        (select count(*)::int from pay_links where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}) as links,
        (select jsonb_agg(revoked_at order by id) from pay_links where tenant_id = ${tx.tenantId} and client_id = ${clientId}) as statement_links,
        (select count(*)::int from allocations where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}) as allocations,
        (select count(*)::int from messages where tenant_id = ${tx.tenantId} and invoice_id = ${invoiceId}) as messages`)
    return JSON.stringify(rows, null, 1)
  })
}
