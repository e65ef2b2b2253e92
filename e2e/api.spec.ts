import { Form } from './pages/action-table.ts'
import { type ApiAnswer, askApi, program } from './pages/api.ts'
import { builtActions } from './pages/build.ts'
import { callAction } from './pages/call-action.ts'
import { askFrame } from './pages/foreign-site.ts'
import { hookReceiver, isSigned } from './pages/hook-receiver.ts'
import { product } from './pages/product.ts'
import { issueAndReceive, psaInvoice } from './pages/psa.ts'
import { cardToken, chargesOf, sumNear } from './pages/stripe.ts'
import { expect, test } from './pages/test.ts'
import { stack } from './support/stack.ts'

// No browser: what the programs of an MSP do, over the wire, against the product as it runs.

const codeOf = ({ status, body }: ApiAnswer) => [status, body.error?.type, body.error?.code]

test('from a secret key to a paid invoice: the session is opened once, the payer pays, and the program hears of it', async () => {
  const ask = await program('read', 'write', 'sessions')
  const receiver = await hookReceiver()
  const events = ['invoice.created', 'payment.succeeded', 'invoice.paid']
  const hook = await ask('/webhook-endpoints', { body: { url: receiver.url, events } })
  expect(hook.status).toBe(201)
  const secret = String(hook.body.secret)

  // Out of order at first: what happens is not lost, and comes again under the same id.
  receiver.answer(500)
  const { number, totalCents } = await issueAndReceive('Kestrel Freight', await sumNear(32_100))
  await expect.poll(() => receiver.about('invoice.created', number).length).toBeGreaterThan(0)
  receiver.answer(204)
  await expect.poll(() => receiver.about('invoice.created', number).length).toBeGreaterThan(1)
  const [first, second] = receiver.about('invoice.created', number)
  if (first === undefined || second === undefined) throw new Error('nothing was heard')
  expect(second.body).toBe(first.body)
  for (const one of [first, second]) expect(await isSigned(one, secret)).toBe(true)
  expect(await isSigned({ ...first, body: `${first.body} ` }, secret)).toBe(false)

  const { id } = first.event.data.object
  const key = { 'idempotency-key': `order-${number}` }
  const wanted = { mode: 'invoices', invoice_ids: [id] }
  const opened = await ask('/checkout-sessions', { body: wanted, headers: key })
  expect(opened).toMatchObject({ status: 201, body: { object: 'checkout_session', mode: 'invoices' } })
  const replayed = await ask('/checkout-sessions', { body: wanted, headers: key })
  expect(replayed.body).toEqual(opened.body)
  expect(replayed.headers.get('idempotent-replayed')).toBe('true')
  const { client_id } = (await ask(`/invoices/${id}`)).body
  const other = await ask('/checkout-sessions', { body: { mode: 'open', client_id }, headers: key })
  expect(codeOf(other)).toEqual([422, 'idempotency_error', 'idempotency_key_reused'])

  const token = String(opened.body.token)
  const minor = String(totalCents)
  const paid = await askFrame(
    'pay',
    {
      orderKey: crypto.randomUUID(),
      confirmationTokenId: await cardToken('4242424242424242'),
      receiptEmail: 'books@kestrelfreight.example',
      shown: [{ invoiceId: id, owed: minor, minor }],
      creditMinor: '0',
      keptMinor: '0',
    },
    { token },
  )
  expect(paid.status, paid.body).toBe(200)
  expect(await chargesOf(totalCents)).toHaveLength(1)
  await expect.poll(() => receiver.about('invoice.paid', number)).toHaveLength(1)
  expect((await ask(`/invoices/${id}`)).body).toMatchObject({ status: 'paid', balance: { amount: '0' } })
  const { data } = (await ask('/payments?limit=1')).body as { data: { id: string }[] }
  const payment = data[0]?.id ?? ''
  await expect.poll(() => receiver.about('payment.succeeded', payment)).toHaveLength(1)
  expect((await ask(`/payments/${payment}`)).body).toMatchObject({
    status: 'succeeded',
    amount: { amount: minor, currency: 'USD' },
    allocations: [{ invoice_number: number }],
  })
  await expect.poll(async () => (await psaInvoice(number)).balanceCents).toBe(0)

  const before = receiver.about('invoice.created', number).length
  await resend(String(hook.body.id), first.event.id)
  await expect.poll(() => receiver.about('invoice.created', number).length).toBe(before + 1)
  expect(receiver.about('invoice.created', number).at(-1)?.body).toBe(first.body)
  expect((await ask(`/webhook-endpoints/${hook.body.id}`, { method: 'DELETE' })).status).toBe(200)
  await receiver.close()
})

test('a list is read page by page to its end: nothing twice, nothing left out', async () => {
  const ask = await program('read')
  const read = async (limit: number) => {
    const ids: string[] = []
    for (let after = ''; ; after = `&starting_after=${ids.at(-1)}`) {
      const { body } = await ask(`/clients?limit=${limit}${after}`)
      const page = body as unknown as { data: { id: string }[]; has_more: boolean }
      ids.push(...page.data.map(({ id }) => id))
      if (!page.has_more) return ids
      expect(page.data).toHaveLength(limit)
    }
  }
  const inSmallPages = await read(7)
  expect(new Set(inSmallPages).size).toBe(inSmallPages.length)
  expect(inSmallPages.length).toBeGreaterThan(30)
  expect(await read(100)).toEqual(inSmallPages)
})

test('what is asked wrongly is refused in one shape, with what to mend', async () => {
  const ask = await program('read')
  const missing = crypto.randomUUID()
  const answers: [ApiAnswer, unknown[]][] = [
    [await askApi('/invoices', {}), [401, 'authentication_error', 'key_missing']],
    [await ask('/invoices', { headers: { origin: stack().web } }), [403, 'permission_error', 'browser_not_allowed']],
    [await ask('/checkout-sessions', { body: { mode: 'open' } }), [403, 'permission_error', 'scope_missing']],
    [await ask(`/invoices/${missing}`), [404, 'invalid_request_error', 'resource_missing']],
    [await ask('/invoices?colour=red'), [400, 'invalid_request_error', 'parameter_unknown']],
    [await ask('/invoices', { method: 'DELETE' }), [405, 'invalid_request_error', 'method_not_allowed']],
    [await ask('/credit-cards'), [404, 'invalid_request_error', 'address_unknown']],
  ]
  for (const [answer, expected] of answers) {
    expect(codeOf(answer)).toEqual(expected)
    expect(answer.headers.get('request-id')).toBe(answer.body.error?.request_id)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
})

test('a key that asks too often has to wait, and is told how long; another key of the same MSP asks on', async () => {
  const [hasty, calm] = [await program('read'), await program('read')]
  const answers: ApiAnswer[] = []
  const held = () => answers.find(({ status }) => status !== 200)
  while (held() === undefined && answers.length < 400)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, () => hasty('/clients?limit=1')))))
  const refused = held()
  if (refused === undefined) throw new Error('Nothing held it up')
  expect(codeOf(refused)).toEqual([429, 'rate_limit_error', 'rate_limited'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(120)
  expect((await calm('/clients?limit=1')).headers.get('ratelimit-remaining')).toBe('119')
})

/** Sends a delivery that was taken once more, as its button in the console does. */
async function resend(endpointId: string, eventId: string): Promise<void> {
  const { withTenant, openSession, sql } = await product()
  const { web, owner } = stack()
  const cookie = await withTenant(owner.tenantId, (tx) => openSession(tx, 'staff', owner.staffId))
  const delivered = () =>
    withTenant(owner.tenantId, (tx) =>
      tx.row<{ id: string }>(sql`
        select id from webhook_deliveries
        where tenant_id = ${tx.tenantId} and endpoint_id = ${endpointId} and event_id = ${eventId} and state = 'delivered'`),
    )
  await expect.poll(delivered).toBeDefined()
  const form = new Form({ endpoint: endpointId, id: (await delivered())?.id ?? '' })
  const action = builtActions().find(({ name }) => name.endsWith('settings/webhooks/acts.ts resend'))
  const page = `${web}/console/settings/webhooks/${endpointId}`
  await callAction(page, action?.id ?? '', [form], { cookie: `closeloop-staff=${cookie}` })
}
