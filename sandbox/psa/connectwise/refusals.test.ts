import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultOptions } from './options.ts'
import { query, type Row, tenantUnderTest } from './tenant-under-test.ts'

// These requests are wrong on purpose, and some answers too: they do not belong in a trace that is checked.
let tenant: Awaited<ReturnType<typeof tenantUnderTest>>
beforeAll(async () => {
  vi.stubEnv('SANDBOX_TRACE', '')
  tenant = await tenantUnderTest(0.5)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await tenant.close()
})
beforeEach(() => Object.assign(tenant.service.options, defaultOptions))
afterEach(() => tenant.service.faults.clear())

const openInvoice = () => tenant.world.invoices.find(({ number }) => number === '20418')?.id ?? 0
const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` })

describe('who may ask', () => {
  test('a missing clientId is 403, missing keys 401, wrong keys or company 404', async () => {
    const { companyId, publicKey, privateKey } = tenant.service.credentials
    const status = async (headers: Record<string, string | undefined>) =>
      (await tenant.call('GET', 'system/info', undefined, headers)).status
    expect(await status({})).toBe(200)
    expect(await status({ clientid: undefined })).toBe(403)
    expect(await status({ clientid: 'closeloop' })).toBe(403)
    expect(await status({ authorization: undefined })).toBe(401)
    expect(await status(basic(`${companyId}+${publicKey}`, 'wrong'))).toBe(404)
    expect(await status(basic(`${companyId}+wrong`, privateKey))).toBe(404)
    expect(await status(basic(`elsewhere+${publicKey}`, privateKey))).toBe(404)
  })

  test('a member without rights reads, but is told 403 before anything is looked up', async () => {
    const { companyId, limited } = tenant.service.credentials
    const headers = basic(`${companyId}+${limited.publicKey}`, limited.privateKey)
    expect((await tenant.call('GET', `finance/invoices/${openInvoice()}`, undefined, headers)).status).toBe(200)
    const writes = [
      ['POST', 'finance/invoices/0/payments', { amount: 1 }],
      ['PATCH', 'finance/invoices/0', []],
      ['DELETE', 'finance/invoices/0/payments/0', undefined],
      ['PATCH', 'finance/closedInvoices/0', []],
      ['POST', 'system/callbacks', {}],
      ['GET', 'system/callbacks', undefined],
    ] as const
    for (const [method, path, body] of writes) {
      expect((await tenant.call(method, path, body, headers)).status, `${method} ${path}`).toBe(403)
    }
    expect((await tenant.call('POST', 'finance/invoices/0/payments', { amount: 1 })).status).toBe(404)
  })

  test('an upgrade moves the API; company info says where to', async () => {
    const { url, options } = tenant.service
    options.codebase = 'v2026_2'
    expect((await tenant.call('GET', 'system/info')).status).toBe(200)
    options.aliasAccepted = false
    expect((await tenant.call('GET', 'system/info')).status).toBe(404)
    const info = (await (await fetch(`${url}/login/companyinfo/larkfield`)).json()) as {
      Codebase: string
      SiteUrl: string
    }
    expect(info).toMatchObject({ CompanyName: 'Larkfield IT', Codebase: 'v2026_2/' })
    const moved = `http://${info.SiteUrl}/${info.Codebase}apis/3.0/system/info`
    expect((await tenant.call('GET', moved)).status).toBe(200)
    expect((await fetch(`${url}/login/companyinfo/nobody`)).status).toBe(404)
  })
})

describe('what is refused', () => {
  test.each([
    ['id >'],
    ['id = 1 and'],
    ['id == 1'],
    ['(id = 1'],
    ['name = Larkfield'],
    ["invoiceNumber = '20418'"],
    ['lastUpdated >= 2026-01-01'],
    ['lastUpdated >= [yesterday]'],
    ['lastUpdated >= [2026-13-45T00:00:00Z]'],
    ['id in 1, 2'],
    ['paid = true'],
    ['id = 1 order by id'],
  ])('conditions %s', async (conditions) => {
    const { status, body } = await tenant.call('GET', `finance/invoices${query({ conditions })}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'InvalidParameter', errors: null })
  })

  test('paging that makes no sense; too large a page is cut without a word', async () => {
    for (const params of [{ page: 0 }, { pageSize: -1 }, { page: 'two' }, { orderBy: 'paid' }, { fields: 'paid' }]) {
      expect((await tenant.call('GET', `finance/invoices${query(params)}`)).status, JSON.stringify(params)).toBe(400)
    }
    const order = `finance/invoices${query({ orderBy: 'id' })}`
    expect((await tenant.call('GET', order, undefined, { 'pagination-type': 'forward-only' })).status).toBe(400)
    const large = await tenant.call<Row[]>('GET', `procurement/products${query({ pageSize: 5000 })}`)
    expect(large).toMatchObject({ status: 200 })
    expect(large.body).toHaveLength(1000)
  })

  test('bodies that are not the record', async () => {
    const payments = `finance/invoices/${openInvoice()}/payments`
    const missing = await tenant.call('POST', payments, { paymentDate: '2026-11-20T00:00:00Z' })
    expect(missing).toMatchObject({
      status: 400,
      body: {
        code: 'InvalidObject',
        message: 'invoicePayment object is invalid',
        errors: [{ code: 'MissingField', resource: 'invoicePayment', field: 'amount' }],
      },
    })
    for (const body of [
      { amount: 0 },
      { amount: '12.00' },
      { amount: 1, memo: 'x' },
      { amount: 1, paymentDate: 'now' },
      [1],
    ]) {
      expect((await tenant.call('POST', payments, body)).status, JSON.stringify(body)).toBe(400)
    }
    expect((await tenant.call('POST', payments, { amount: 1, credit: { id: 1 } })).status).toBe(400)
    expect((await tenant.call('POST', payments, { amount: 1 }, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await tenant.call('POST', 'finance/invoices/9/payments', { amount: 1 })).status).toBe(404)
    expect((await tenant.call('PUT', 'finance/invoices', {})).status).toBe(405)
    expect((await tenant.call('GET', 'finance/nothing')).status).toBe(404)
    const { body } = await tenant.call<Row[]>('GET', payments)
    expect(body).toEqual([])
  })

  test('patches outside the dialect, and unknown references', async () => {
    const path = `finance/invoices/${openInvoice()}`
    const patch = async (...operations: object[]) => (await tenant.call('PATCH', path, operations)).status
    expect(await patch({ op: 'test', path: 'reference', value: 'x' })).toBe(400)
    expect(await patch({ op: 'replace', path: '/reference', value: 'x' })).toBe(400)
    expect(await patch({ op: 'replace', path: 'memo', value: 'x' })).toBe(400)
    expect(await patch({ op: 'replace', path: 'status', value: { id: 99 } })).toBe(400)
    expect(await patch({ op: 'replace', path: 'reference', value: 'x'.repeat(51) })).toBe(400)
    expect(await patch({ op: 'remove', path: 'company' })).toBe(400)
    expect((await tenant.call('PATCH', path, { internalNotes: 'x' })).status).toBe(400)
  })

  test('a stale field elsewhere fails a patch of something else', async () => {
    await tenant.control('POST', 'bad-row', { kind: 'missing-company', invoiceId: openInvoice() })
    const patch = [{ op: 'replace', path: 'internalNotes', value: 'x' }]
    const refused = await tenant.call('PATCH', `finance/invoices/${openInvoice()}`, patch)
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'company' }] } })
    await tenant.control('POST', 'bad-row', { kind: 'healed', invoiceId: openInvoice() })
    expect((await tenant.call('PATCH', `finance/invoices/${openInvoice()}`, patch)).status).toBe(200)
  })

  test('payments that went out in a batch, and closed invoices where the tenant is strict', async () => {
    const synced = tenant.world.payments[0]
    const path = `finance/invoices/${synced?.invoiceId}/payments`
    expect((await tenant.call('DELETE', `${path}/${synced?.id}`)).status).toBe(400)
    expect((await tenant.call('DELETE', `finance/invoices/${synced?.invoiceId}`)).status).toBe(400)
    const closed = (await tenant.call<Row[]>('GET', `finance/invoices${query({ conditions: 'status/isClosed=true' })}`))
      .body
    tenant.service.options.closedTakesPayments = false
    expect((await tenant.call('POST', `finance/invoices/${closed[0]?.id}/payments`, { amount: 1 })).status).toBe(400)
  })

  test('callbacks of unknown types or levels', async () => {
    const facts = { url: 'https://example.test/hooks', type: 'invoice', level: 'owner', objectId: 1 }
    for (const wrong of [
      { type: 'payment' },
      { level: 'ticket' },
      { objectId: 7 },
      { url: 'hooks' },
      { url: undefined },
    ]) {
      expect((await tenant.call('POST', 'system/callbacks', { ...facts, ...wrong })).status).toBe(400)
    }
  })
})

describe('limits and faults', () => {
  test('429 says how long to wait, when the tenant has a limit and when a fault makes one', async () => {
    tenant.service.faults.rules = [{ kind: 'rate-limit', times: 1 }]
    const injected = await tenant.call('GET', 'system/info')
    expect(injected).toMatchObject({ status: 429, body: { error: 'ConnectWiseAPI' } })
    expect(injected.headers.get('retry-after')).toBe('2')
    Object.assign(tenant.service.options, { requestsPerMinute: 2, retryAfterSeconds: 30 })
    await tenant.clock.advanceTo(new Date(tenant.clock.now().getTime() + 120_000))
    const statuses: number[] = []
    for (let i = 0; i < 4; i += 1) statuses.push((await tenant.call('GET', 'system/info')).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    await tenant.clock.advanceTo(new Date(tenant.clock.now().getTime() + 60_000))
    expect((await tenant.call('GET', 'system/info')).status).toBe(200)
  })

  test('a 500 may come after the payment was taken', async () => {
    const path = `finance/invoices/${openInvoice()}/payments`
    tenant.service.faults.rules = [{ kind: 'error-after', match: 'POST .*/payments$', times: 1 }]
    const answer = await tenant.call('POST', path, { amount: 5 })
    expect(answer).toMatchObject({ status: 500, body: { code: 'ConnectWiseApi', errors: null } })
    const { body } = await tenant.call<Row[]>('GET', path)
    expect(body).toHaveLength(1)
  })

  test('lists may come out empty or short, with status 200', async () => {
    const path = `finance/invoices${query({ pageSize: 10 })}`
    tenant.service.options.lists = 'empty'
    expect(await tenant.call('GET', path)).toMatchObject({ status: 200, body: [] })
    tenant.service.options.lists = 'short'
    const short = await tenant.call<Row[]>('GET', path)
    expect(short.body).toHaveLength(5)
    expect(short.headers.get('link')).toContain('page=2')
  })

  test('rows go wrong in the ways asked for, and well again', async () => {
    const spoiled = async (kind: string) => {
      await tenant.control('POST', 'bad-row', { kind, invoiceId: openInvoice() })
      return (await tenant.call('GET', `finance/invoices/${openInvoice()}`)).body
    }
    expect((await spoiled('total-as-text')).total).toBe('4913.14')
    expect(await spoiled('missing-company')).not.toHaveProperty('company')
    expect(Date.parse(String((await spoiled('date-nonsense')).dueDate))).toBeNaN()
    expect((await spoiled('unknown-company')).company).toMatchObject({ id: 999_999 })
    expect((await spoiled('healed')).total).toBeCloseTo(4913.14)
  })
})
