import { beginConnect, finishConnect } from '@/lib/accounting/connect-accounting'
import { pushPosting } from '@/lib/accounting/push-posting'
import { tieOut } from '@/lib/accounting/tie-out'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { json, sql } from '@/lib/base/sql'
import { saveConnection } from '@/lib/connectors/connection'
import { record } from '@/lib/ledger/record'
import { money } from '@/lib/money/money'
import { reconcilePayments } from '@/lib/payments/reconcile-payments'
import { startPayment } from '@/lib/payments/start-payment'
import { planPostings } from '@/lib/settlement/plan-postings'
import { planWriteBacks } from '@/lib/settlement/plan-write-backs'
import type { PostedCause } from '@/lib/settlement/posting'
import { settlePayouts } from '@/lib/settlement/settle-payouts'
import type { Random } from '../../sandbox/kernel/random.ts'
import { startTestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { makeMsp, tokenFor } from './msp.ts'
import { startQuickbooks } from './start-quickbooks.ts'

/** An invoice that the books and we both have. */
export type StageInvoice = { id: string; clientId: string; number: string; totalMinor: bigint; booksId: string }

const goodCard = { card: '4242424242424242' }

/**
 * Stripe, QuickBooks and an MSP connected to both through the real consent page, with open invoices on both sides. Jobs
 * are worked off by hand, so that a test can look in between.
 * @param booksScale how large the books are, in worlds of forty clients
 */
export async function startBooksStage(slug: string, booksScale?: number) {
  const stripe = await startTestStripe()
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  const quickbooks = await startQuickbooks('2026-11-09', booksScale)
  const follow = () => windClock(stripe.clock.now().getTime() - Date.now())
  follow()
  const msp = await makeMsp(slug, stripe)
  const { tenantId } = msp
  const staff = { kind: 'staff', tenantId, staffId: msp.staffId, role: 'owner' } as const
  const client = { kind: 'system', tenantId, reason: 'test' } as const

  /** Walks through the vendor's consent page as a person would, and answers the query it sends the browser back with. */
  const consent = async (decision = 'authorize'): Promise<URLSearchParams> => {
    const { url } = await beginConnect(staff)
    const page = await (await fetch(url)).text()
    const hidden = [...page.matchAll(/name="(redirect_uri|state)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
    )
    const back = await fetch(`${quickbooks.url}/_sandbox/authorize`, {
      method: 'POST',
      body: new URLSearchParams([...hidden, ['decision', decision]]),
      redirect: 'manual',
    })
    return new URL(back.headers.get('location') ?? '').searchParams
  }
  const connect = async () => {
    const connected = await finishConnect(staff, await consent())
    if (!connected.ok) throw new Error(connected.reason)
    return connected
  }

  const rows = <Row>(statement: ReturnType<typeof sql>) => withTenant(tenantId, (tx) => tx.rows<Row>(statement))
  const inBooks = (await quickbooks.records('Invoice'))
    .filter((one) => Number(one.Balance) === Number(one.TotalAmt) && Number(one.TotalAmt) > 0)
    .values()

  /** The next open invoice of the books, mirrored as a sync would have. */
  const nextInvoice = async (): Promise<StageInvoice> => {
    const { value: one } = inBooks.next()
    if (one === undefined) throw new Error('the books have too few open invoices')
    const totalMinor = BigInt(Math.round(Number(one.TotalAmt) * 100))
    const [id, number] = [newId(), String(one.DocNumber)]
    const customer = one.CustomerRef as { value: string; name: string }
    const known = await rows<{ id: string }>(
      sql`select id from clients where tenant_id = ${tenantId} and identifier = ${customer.value}`,
    )
    const clientId = known[0]?.id ?? newId()
    await withTenant(tenantId, async (tx) => {
      await tx.run(sql`
        insert into clients (tenant_id, id, name, identifier, currency, source_hash, source)
        values (${tenantId}, ${clientId}, ${customer.name}, ${customer.value}, 'USD', '', ${json({})}) on conflict do nothing`)
      await tx.run(sql`
        insert into invoices (tenant_id, id, client_id, kind, number, state, psa_type, psa_status, issued_on, due_on, currency, tax_minor, total_minor, psa_balance_minor, version, source_hash)
        values (${tenantId}, ${id}, ${clientId}, 'invoice', ${number}, 'open', 'Standard', 'Sent', '2026-11-02', '2026-12-02', 'USD', 0, ${totalMinor}, ${totalMinor}, 1, '')`)
      await record(tx, [
        {
          cause: { kind: 'invoice.mirrored', id },
          happenedAt: new Date(),
          bookedOn: '2026-11-02',
          movements: [
            { debit: 'receivable', credit: 'billed', amount: money(totalMinor, 'USD'), clientId, invoiceId: id },
          ],
        },
      ])
    })
    return { id, clientId, number, totalMinor, booksId: String(one.Id) }
  }

  /** Pays invoices of one client with a card, or with what is given. @returns the attempt's id */
  const pay = async (
    invoices: StageInvoice[],
    method: Parameters<typeof tokenFor>[1] = goodCard,
    amountMinor?: bigint,
  ) => {
    const confirmationTokenId = await tokenFor(stripe, method)
    const order = {
      orderKey: newId(),
      invoices: invoices.map(({ id }) => ({ invoiceId: id, ...(amountMinor === undefined ? {} : { amountMinor }) })),
      confirmationTokenId,
      saveMethod: false,
    }
    const where = {
      ip: '127.0.0.1',
      userAgent: 'test',
      locale: 'en-US',
      origin: 'link',
      returnUrl: 'http://localhost',
    } as const
    const result = await startPayment(client, order, where)
    if (!result.ok) throw new Error(result.reason)
    return result.attemptId
  }

  /** Works off what was announced, as the worker would; `but` leaves kinds waiting. */
  const drain = async (but: string[] = []) => {
    for (let round = 0; round < 30; round += 1) {
      const events = await rows<{ id: string; kind: string; payload: Record<string, string> }>(sql`
        update events set state = 'done' where tenant_id = ${tenantId} and state = 'waiting' and kind <> all(${but}::text[]) returning id, kind, payload`)
      if (events.length === 0) return
      for (const { kind, payload } of events) await handle(tenantId, kind, payload)
    }
    throw new Error('work makes more work without end')
  }
  /** Works it off one by one, and never in the order in which it was announced; at most so much, the rest stays waiting. */
  const drainAtRandom = async (random: Random, most?: number) => {
    for (let steps = 0; steps < (most ?? 500); steps += 1) {
      const waiting = await rows<{ id: string }>(
        sql`select id from events where tenant_id = ${tenantId} and state = 'waiting' order by id`,
      )
      if (waiting.length === 0) return
      const [event] = await rows<{ kind: string; payload: Record<string, string> }>(
        sql`update events set state = 'done' where tenant_id = ${tenantId} and id = ${random.pick(waiting).id} returning kind, payload`,
      )
      if (event !== undefined) await handle(tenantId, event.kind, event.payload)
    }
    if (most === undefined) throw new Error('work makes more work without end')
  }
  const settle = async (but: string[] = []) => {
    await settlePayouts(tenantId)
    await drain(but)
  }
  const hear = () => reconcilePayments(tenantId, new Date('2026-11-01T00:00:00Z'))
  const wind = async (day: string, hour = 20) => {
    await stripe.windTo(day, hour)
    follow()
  }
  /** Winds every clock, hears what Stripe has to say, and does what follows; `but` leaves kinds waiting. */
  const windTo = async (day: string, hour = 20, but: string[] = []) => {
    await wind(day, hour)
    await hear()
    await drain(but)
    await settle(but)
  }

  return {
    stripe,
    quickbooks,
    msp,
    tenantId,
    staff,
    consent,
    connect,
    rows,
    nextInvoice,
    pay,
    drain,
    drainAtRandom,
    settle,
    hear,
    wind,
    windTo,
    tieOut: () => tieOut(tenantId),
    /** A PSA that was read just now and agrees; `showing` changes what it says of one invoice. */
    connectPsa: () =>
      withTenant(tenantId, async (tx) => {
        const id = await saveConnection(tx, {
          kind: 'psa',
          connector: 'connectwise',
          secret: {},
          account: slug,
          accountName: 'Larkfield IT',
          missing: [],
        })
        await tx.run(sql`
          insert into sync_streams (tenant_id, connection_id, stream, finished_at) values (${tenantId}, ${id}, 'invoices', now() + interval '10 years')`)
      }),
    showing: (invoice: StageInvoice, psaMinor: bigint) =>
      rows(
        sql`update invoices set psa_balance_minor = ${psaMinor} where tenant_id = ${tenantId} and id = ${invoice.id}`,
      ),
    /** What the PSA shows once every write-back has arrived there. */
    writeAllBack: async () => {
      await rows(
        sql`update write_backs set state = 'in_step', written_minor = amount_minor, external_id = id::text, done_at = now() where tenant_id = ${tenantId}`,
      )
      await rows(sql`update invoices set psa_balance_minor = balance_minor where tenant_id = ${tenantId}`)
    },
    postings: () =>
      rows<{
        id: string
        kind: string
        state: string
        error: string | null
        amountMinor: bigint
        externalKind: string | null
        externalId: string | null
        tries: number
      }>(sql`
        select id, kind, state, error, amount_minor, external_kind, external_id, tries from postings where tenant_id = ${tenantId} order by created_at, kind`),
    exceptions: () =>
      rows<{ cause: string; subjectId: string; detail: string; nextStep: string }>(sql`
        select cause, subject_id, detail, next_step from exceptions where tenant_id = ${tenantId} and closed_at is null order by opened_at`),
    /** What Stripe charged for an attempt. */
    chargeOf: async (attemptId: string): Promise<string> => {
      type Charge = { id: string; metadata: Record<string, string> }
      const charges = await stripe.control<Charge[]>('GET', 'charges')
      return charges.find(({ metadata }) => metadata.attempt_id === attemptId)?.id ?? ''
    },
    booksBalance: async ({ booksId }: StageInvoice) => {
      const found = (await quickbooks.records('Invoice')).find(({ Id }) => Id === booksId)
      return BigInt(Math.round(Number(found?.Balance) * 100))
    },
    stop: async () => {
      await quickbooks.stop()
      await stripe.close()
    },
  }
}

async function handle(tenantId: string, kind: string, payload: Record<string, string>): Promise<void> {
  const plan = (cause: PostedCause, id = '') => withTenant(tenantId, (tx) => planPostings(tx, { kind: cause, id }))
  const writeBack = () => withTenant(tenantId, (tx) => planWriteBacks(tx, payload.attemptId ?? ''))
  switch (kind) {
    case 'posting.due':
      return pushPosting(tenantId, payload.postingId ?? '')
    case 'payment.succeeded':
      await writeBack()
      await plan('payment.succeeded', payload.attemptId)
      return
    case 'payment.returned':
      await writeBack()
      await plan('payment.returned', payload.disputeId)
      await plan('dispute.lost', payload.disputeId)
      return
    case 'payment.disputed':
      await plan('dispute.opened', payload.disputeId)
      return
    case 'payment.dispute_closed':
      await plan('dispute.won', payload.disputeId)
      return
    case 'refund.succeeded':
      await writeBack()
      await plan('refund.succeeded', payload.refundId)
      return
    case 'refund.failed':
      await writeBack()
      await plan('refund.succeeded', payload.refundId)
      await plan('refund.reversed', payload.refundId)
      return
    case 'payout.complete':
      await plan('payout.paid', payload.payoutId)
      return
    default:
      return
  }
}
