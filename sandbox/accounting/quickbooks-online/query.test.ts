import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client, faultCode, untraced } from './testing.ts'

let client: Client
beforeAll(async () => {
  client = await Client.start()
})
afterAll(() => client.stop())

const ask = (query: string) => client.get('query', { query })

test('conditions, order and pages', async () => {
  const open = await client.rows(
    'Invoice',
    "where Balance > '0' and TxnDate >= '2026-06-01' orderby TxnDate desc maxresults 1000",
  )
  expect(open.length).toBeGreaterThan(3)
  expect(open.every(({ Balance, TxnDate }) => Number(Balance) > 0 && String(TxnDate) >= '2026-06-01')).toBe(true)
  const dates = open.map(({ TxnDate }) => String(TxnDate))
  expect(dates).toEqual([...dates].sort().reverse())
  const second = await client.rows(
    'Invoice',
    "where Balance > '0' and TxnDate >= '2026-06-01' order by TxnDate desc startposition 3 maxresults 2",
  )
  expect(second.map(({ Id }) => Id)).toEqual(open.slice(2, 4).map(({ Id }) => Id))
})

test('a page beyond the end is empty', async () => {
  expect((await ask('select * from Invoice startposition 100000')).body).toMatchObject({ QueryResponse: {} })
})

test('count, some fields, in and like', async () => {
  const count = await ask('select count(*) from Customer where Active = true')
  const all = await client.rows('Customer', 'maxresults 1000')
  expect(count.body).toMatchObject({ QueryResponse: { totalCount: all.length } })
  const some = await ask('select Id, DisplayName from Customer maxresults 1')
  expect(some.text).not.toContain('BillAddr')
  const two = all.slice(0, 2).map(({ Id }) => Id)
  expect(await client.rows('Customer', `where Id in ('${two.join("', '")}')`)).toHaveLength(2)
  expect(await client.rows('Customer', "where DisplayName like 'Hadley%'")).toHaveLength(1)
})

test('a quote inside a value is escaped with a backslash', async () => {
  await client.write('Customer', { DisplayName: "O'Hara 100% \\ Sons" })
  const found = await client.rows('Customer', String.raw`where DisplayName = 'O\'Hara 100% \\ Sons'`)
  expect(found).toHaveLength(1)
})

test('references are found by id, times as instants', async () => {
  const invoice = await client.first('Invoice')
  const customer = String(Reflect.get(Object(invoice.CustomerRef), 'value'))
  const theirs = await client.rows('Invoice', `where CustomerRef = '${customer}' maxresults 1000`)
  expect(theirs.map(({ Id }) => Id)).toContain(invoice.Id)
  expect(await client.rows('Invoice', "where MetaData.LastUpdatedTime > '2030-01-01T00:00:00Z'")).toEqual([])
})

test('what cannot be asked is refused', () =>
  untraced(async () => {
    expect(faultCode(await ask('select * from Bills'))).toBe('4001')
    expect(faultCode(await ask('select * from Invoice maxresults 1001'))).toBe('4001')
    expect(faultCode(await ask("select * from Customer where DisplayName = 'O'Hara'"))).toBe('4000')
    expect(faultCode(await ask("select * from Invoice where DueBy = '2026-01-01'"))).toBe('4001')
    expect(faultCode(await ask("select * from Payment where PrivateNote = 'x'"))).toBe('4001')
    expect(faultCode(await ask("select * from Deposit where DocNumber = 'x'"))).toBe('4001')
    expect(faultCode(await ask("select * from Invoice where Balance != '0'"))).toBe('4000')
    expect(faultCode(await ask("select * from Invoice where Balance > '0' or Balance < '0'"))).toBe('4000')
    expect(faultCode(await ask('delete from Invoice'))).toBe('4000')
  }))

test('the company and its preferences are read either way', async () => {
  expect((await ask('select * from CompanyInfo')).text).toContain('Larkfield IT')
  expect((await client.get(`companyinfo/${client.service.credentials.realmId}`)).text).toContain('Larkfield IT')
  expect((await client.get('preferences')).body).toMatchObject({
    Preferences: { CurrencyPrefs: { HomeCurrency: { value: 'USD' } } },
  })
})

test('only JSON is spoken', () =>
  untraced(async () => {
    const { realmId } = client.service.credentials
    const reply = await client.ask(`/v3/company/${realmId}/preferences`, {
      headers: { authorization: `Bearer ${client.accessToken}`, accept: 'text/xml' },
    })
    expect(faultCode(reply)).toBe('500')
  }))
