import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents, linkOf, query, type Row, tenantUnderTest } from './tenant-under-test.ts'

let tenant: Awaited<ReturnType<typeof tenantUnderTest>>
beforeAll(async () => {
  tenant = await tenantUnderTest()
})
afterAll(() => tenant.close())

const ids = (rows: Row[]) => rows.map(({ id }) => Number(id))

describe('paging', () => {
  test('gives 25 rows unless asked, at most 1,000, and links to the other pages', async () => {
    const first = await tenant.call<Row[]>('GET', 'finance/invoices')
    expect(first.body).toHaveLength(25)
    expect(first.headers.get('content-type')).toMatch(/^application\/vnd\.connectwise\.com\+json; version=2025\.1/)
    const last = Math.ceil(tenant.world.invoices.length / 25)
    expect(linkOf(first.headers, 'last')).toMatch(new RegExp(`[?&]page=${last}$`))
    expect(linkOf(first.headers, 'prev')).toBeUndefined()
    const second = await tenant.call<Row[]>('GET', linkOf(first.headers, 'next') ?? '')
    expect(ids(second.body)[0]).toBeGreaterThan(ids(first.body).at(-1) ?? 0)
    expect(linkOf(second.headers, 'first')).toMatch(/page=1$/)
    const end = await tenant.call<Row[]>('GET', linkOf(first.headers, 'last') ?? '')
    expect(linkOf(end.headers, 'next')).toBeUndefined()
    const beyond = await tenant.call<Row[]>('GET', `finance/invoices${query({ page: last + 1 })}`)
    expect(beyond).toMatchObject({ status: 200, body: [] })
  })

  test('walks all rows once, forward only, by the link to the next', async () => {
    const seen: number[] = []
    let next: string | undefined = `finance/invoices${query({ pageSize: 400 })}`
    while (next !== undefined) {
      const page: { body: Row[]; headers: Headers } = await tenant.call<Row[]>('GET', next, undefined, {
        'pagination-type': 'forward-only',
      })
      seen.push(...ids(page.body))
      next = linkOf(page.headers, 'next')
      expect(linkOf(page.headers, 'last')).toBeUndefined()
    }
    expect(seen).toEqual(tenant.world.invoices.map(({ id }) => id))
  })

  test('counts what conditions leave', async () => {
    const all = await tenant.call('GET', 'finance/invoices/count')
    expect(all.body).toEqual({ count: tenant.world.invoices.length })
    const conditions = 'type="CreditMemo"'
    const memos = tenant.world.invoices.filter(({ kind }) => kind === 'CreditMemo').length
    expect((await tenant.call('GET', `finance/invoices/count${query({ conditions })}`)).body).toEqual({ count: memos })
  })
})

describe('conditions', () => {
  const find = async (path: string, conditions: string, more: Record<string, string> = {}) =>
    (await tenant.call<Row[]>('GET', `${path}${query({ conditions, pageSize: 1000, ...more })}`)).body

  test('understand quotes, numbers, references, in, like, contains, null, not and parentheses', async () => {
    const hadley = await find('company/companies', 'name = "hadley & moss architects"')
    expect(hadley).toHaveLength(1)
    const id = Number(hadley[0]?.id)
    expect(await find('company/companies', 'name like "Mercer%" and not name contains "warehouse"')).toHaveLength(1)
    expect(await find('company/companies', 'name = "Mercer*"')).toHaveLength(2)
    expect(await find('company/companies', `id in (${id}, ${id + 1}, 999999)`)).toHaveLength(2)
    const named = await find('company/companies', 'billingContact/id != null')
    const unnamed = await find('company/companies', 'billingContact = null and deletedFlag = false')
    expect(named.length + unnamed.length).toBe(44)
    const invoices = await find('finance/invoices', `(type="Agreement" or type = "Progress") and company/id=${id}`)
    expect(invoices.length).toBeGreaterThan(10)
    expect(invoices.every(({ type }) => type !== 'Standard')).toBe(true)
    expect(
      await find('finance/invoices', 'invoiceNumber="20418" and balance>4913 and status/isClosed = False'),
    ).toHaveLength(1)
  })

  test('find by dates of change, alone and with others, the same as reading everything', async () => {
    const all = await find('finance/invoices', 'id > 0')
    const rest = await find('finance/invoices', 'id > 0', { page: '2' })
    const changes = [...all, ...rest].map((row) => ({ id: Number(row.id), at: String((row._info as Row).lastUpdated) }))
    for (const since of ['2026-11-01T00:00:00Z', '2026-09-13T12:30:00Z']) {
      const expected = changes.filter(({ at }) => at >= since).map(({ id }) => id)
      expect(expected.length).toBeGreaterThan(20)
      expect(ids(await find('finance/invoices', `lastUpdated>=[${since}]`))).toEqual(expected)
      const later = expected.filter((id) => id > 1_500)
      expect(ids(await find('finance/invoices', `lastUpdated >= [${since}] and id > 1500`))).toEqual(later)
    }
    expect(await find('finance/invoices', 'lastUpdated > [2026-11-20T15:00:00Z]')).toEqual([])
  })

  test('find the lines of several invoices at once', async () => {
    const [first, second] = tenant.world.invoices.filter(({ lines }) => lines.length > 2)
    const products = await find('procurement/products', `invoice/id in (${first?.id}, ${second?.id})`)
    const wanted = [first, second].flatMap((invoice) => invoice?.lines.filter(({ kind }) => kind === 'product') ?? [])
    expect(products.map(({ description }) => description)).toEqual(wanted.map(({ description }) => description))
    const worked = tenant.world.invoices.find(({ lines }) => lines.some(({ kind }) => kind === 'time'))
    expect((await find('time/entries', `invoice/id=${worked?.id}`)).length).toBeGreaterThan(0)
    const travelled = tenant.world.invoices.find(({ lines }) => lines.some(({ kind }) => kind === 'expense'))
    expect((await find('expense/entries', `invoice/id=${travelled?.id}`)).length).toBe(1)
  })

  test('reach into lists of a contact by childConditions', async () => {
    const childConditions = 'communicationItems/value = "dana@hadleymoss.example"'
    const found = await find('company/contacts', 'inactiveFlag = false', { childConditions })
    expect(found).toMatchObject([{ firstName: 'Dana', lastName: 'Whitfield' }])
  })
})

describe('order and fields', () => {
  test('order by a field, down and up', async () => {
    const path = `finance/invoices${query({ orderBy: 'total desc', pageSize: 50 })}`
    const totals = (await tenant.call<Row[]>('GET', path)).body.map(({ total }) => cents(total))
    expect(totals).toEqual(totals.toSorted((a, b) => b - a))
    expect(totals[0]).toBe(Math.max(...tenant.world.invoices.map(({ totalCents }) => totalCents)))
  })

  test('fields leaves out all others, and _info with them', async () => {
    const fields = 'id,invoiceNumber,company/name'
    const [row] = (await tenant.call<Row[]>('GET', `finance/invoices${query({ fields, pageSize: 1 })}`)).body
    expect(Object.keys(row ?? {})).toEqual(['id', 'invoiceNumber', 'company'])
    expect(Object.keys((row?.company as Row) ?? {})).toEqual(['name'])
    const [kept] = (await tenant.call<Row[]>('GET', `finance/invoices${query({ fields: 'id,_info', pageSize: 1 })}`))
      .body
    expect(Object.keys(kept ?? {})).toEqual(['id', '_info'])
  })
})

test('every list answers', async () => {
  const [agreement] = tenant.world.agreements
  const [client] = tenant.world.clients
  const paths = [
    'company/companies',
    `company/companies/${client?.id}/sites`,
    `company/companies/${client?.id}/notes`,
    'company/contacts',
    'finance/agreements',
    `finance/agreements/${agreement?.id}/additions`,
    `finance/agreements/${agreement?.id}/adjustments`,
    'finance/invoices',
    'finance/billingStatuses',
    'finance/billingTerms',
    'finance/billingCycles',
    'procurement/products',
    'time/entries',
    'expense/entries',
    'system/callbacks',
    'company/noteTypes',
  ]
  for (const path of paths) {
    const rows = await tenant.call<Row[]>('GET', `${path}${query({ pageSize: 1000 })}`)
    expect(rows.status, path).toBe(200)
    const { count } = (await tenant.call<{ count: number }>('GET', `${path}/count`)).body
    expect(rows.body.length, path).toBe(Math.min(1000, count))
    const [row] = rows.body
    if (row !== undefined) expect((await tenant.call('GET', `${path}/${row.id}`)).body, path).toEqual(row)
  }
})

test('an agreement tells its additions through time', async () => {
  const hadley = tenant.world.agreements.find(({ clientId }) => clientId === 251)
  const additions = (await tenant.call<Row[]>('GET', `finance/agreements/${hadley?.id}/additions`)).body
  const stations = additions.filter(({ description }) => description === 'Managed workstation, full support')
  expect(stations).toMatchObject([
    { quantity: 35, agreementStatus: 'Cancelled', cancelledDate: '2026-10-28T00:00:00Z' },
    { quantity: 38, agreementStatus: 'Active', effectiveDate: '2026-10-28T00:00:00Z', extPrice: 2812 },
  ])
})
