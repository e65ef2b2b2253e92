import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultOptions } from './options.ts'
import { cents, query, type Row, tenantUnderTest } from './tenant-under-test.ts'

let tenant: Awaited<ReturnType<typeof tenantUnderTest>>
beforeAll(async () => {
  tenant = await tenantUnderTest()
})
afterAll(() => tenant.close())
beforeEach(() => Object.assign(tenant.service.options, defaultOptions))

const invoiceByNumber = async (number: string) => {
  const conditions = `invoiceNumber="${number}"`
  const [row] = (await tenant.call<Row[]>('GET', `finance/invoices${query({ conditions })}`)).body
  if (row === undefined) throw new Error(`no invoice ${number}`)
  return row
}
const read = async (id: unknown) => (await tenant.call('GET', `finance/invoices/${id}`)).body
const newInvoice = async (unitPriceCents = 12_345) => {
  const lines = [{ description: 'Support', unitPriceCents }]
  const { body } = await tenant.control<{ id: number }>('POST', 'invoices', { client: 'Cobble Hill Bakery', lines })
  return body.id
}

describe('amounts and dates', () => {
  test('tell invoice 20418 with its lines, midnight dates and no noise worth a cent', async () => {
    const invoice = await invoiceByNumber('20418')
    expect(invoice).toMatchObject({
      type: 'Agreement',
      date: '2026-11-02T00:00:00Z',
      dueDate: '2026-12-02T00:00:00Z',
      status: { name: 'Sent', isClosed: false },
      company: { name: 'Hadley & Moss Architects' },
      reference: 'Managed services, November 2026',
    })
    expect([invoice.total, invoice.balance, invoice.salesTax].map(cents)).toEqual([491314, 491314, 8364])
    const everything = (await tenant.call('GET', `finance/info/invoice/${invoice.id}`)).body
    const products = everything.products as Row[]
    expect(products.map(({ extPrice }) => cents(extPrice))).toEqual([281200, 90200, 49500, 19200, 14350, 28500])
    expect(cents(invoice.agreementAmount) + cents(invoice.productTotal)).toBe(482950)
    const pdf = await tenant.call<string>('GET', `finance/invoices/${invoice.id}/pdf`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(pdf.body).toMatch(/^%PDF-1\.4[\s\S]*20418[\s\S]*%%EOF\n$/)
  })

  test('carry the noise of doubles, which rounding to cents removes', async () => {
    const rows = (await tenant.call<Row[]>('GET', `finance/invoices${query({ pageSize: 1000 })}`)).body
    const byId = new Map(tenant.world.invoices.map((invoice) => [invoice.id, invoice]))
    for (const row of rows) expect(cents(row.total)).toBe(byId.get(Number(row.id))?.totalCents)
    const isNoisy = ({ total, balance }: Row) => [total, balance].some((amount) => cents(amount) / 100 !== amount)
    expect(rows.some(isNoisy)).toBe(true)
    tenant.service.options.floatNoise = false
    const clean = (await tenant.call<Row[]>('GET', `finance/invoices${query({ pageSize: 1000 })}`)).body
    expect(clean.some(isNoisy)).toBe(false)
  })

  test('credit memos are negative, or positive where a tenant shows them so', async () => {
    const memo = await invoiceByNumber('CM1107')
    expect(memo).toMatchObject({ type: 'CreditMemo', total: -125, balance: -125 })
    tenant.service.options.creditMemoSign = 'positive'
    expect(await read(memo.id)).toMatchObject({ total: 125, balance: 125 })
  })
})

describe('payments', () => {
  test('lower the balance; deleting the row restores it', async () => {
    const id = await newInvoice()
    const body = { amount: 23.45, paymentDate: '2026-11-19T00:00:00Z' }
    const posted = await tenant.call('POST', `finance/invoices/${id}/payments`, body)
    expect(posted).toMatchObject({
      status: 201,
      body: { amount: 23.45, paymentDate: body.paymentDate, appliedBy: 'closeloop' },
    })
    expect(await read(id)).toMatchObject({ payments: 23.45, balance: 100 })
    const path = `finance/invoices/${id}/payments/${posted.body.id}`
    expect((await tenant.call('GET', path)).body).toMatchObject({ invoiceBalance: 100, invoiceTotal: 123.45 })
    const patch = [{ op: 'replace', path: 'amount', value: 20 }]
    expect((await tenant.call('PATCH', path, patch)).body).toMatchObject({ amount: 20, invoiceBalance: 103.45 })
    expect((await tenant.call('DELETE', path)).status).toBe(204)
    expect(await read(id)).toMatchObject({ payments: 0, balance: 123.45 })
    expect((await tenant.call<Row[]>('GET', `finance/invoices/${id}/payments`)).body).toEqual([])
  })

  test('posted twice are there twice: the vendor knows no idempotency', async () => {
    const id = await newInvoice(10_000)
    await tenant.call('POST', `finance/invoices/${id}/payments`, { amount: 100 })
    await tenant.call('POST', `finance/invoices/${id}/payments`, { amount: 100 })
    expect(await read(id)).toMatchObject({ payments: 200, balance: -100 })
    const { body } = await tenant.control<{ payments: Row[] }>('GET', `payments?invoiceId=${id}&by=closeloop`)
    expect(body.payments).toHaveLength(2)
  })

  test('bump lastUpdated, or do not where the tenant is such', async () => {
    const id = await newInvoice()
    const updated = async () => ((await read(id))._info as Row).lastUpdated
    const before = await updated()
    await tenant.clock.advanceTo(new Date(tenant.clock.now().getTime() + 60_000))
    tenant.service.options.paymentTouchesInvoice = false
    await tenant.call('POST', `finance/invoices/${id}/payments`, { amount: 1 })
    expect(await updated()).toBe(before)
    tenant.service.options.paymentTouchesInvoice = true
    await tenant.call('POST', `finance/invoices/${id}/payments`, { amount: 1 })
    expect(await updated()).not.toBe(before)
    const conditions = `lastUpdated>=[${await updated()}]`
    const found = (await tenant.call<Row[]>('GET', `finance/invoices${query({ conditions })}`)).body
    expect(found.map((row) => row.id)).toEqual([id])
  })

  test('a credit memo applied is a payment row that names it, and empties it', async () => {
    const applied = tenant.world.payments.find(({ creditInvoiceId }) => creditInvoiceId !== undefined)
    const rows = (await tenant.call<Row[]>('GET', `finance/invoices/${applied?.invoiceId}/payments`)).body
    const row = rows.find(({ id }) => id === applied?.id)
    expect(row).toMatchObject({ type: 'Credit', credit: { id: applied?.creditInvoiceId } })
    const memo = await read(applied?.creditInvoiceId)
    expect(cents(memo.balance)).toBe(cents(memo.total) + (applied?.amountCents ?? 0))
    expect(cents((await read(applied?.invoiceId)).credits)).toBe(applied?.amountCents)
  })

  test('recorded by a person and gone with a deleted invoice are told to the bridge', async () => {
    const told: string[] = []
    tenant.service.onInvoice(({ kind, invoice }) => told.push(`${kind} ${invoice.totalCents}`))
    tenant.service.onPayment(({ kind, by, payment }) => told.push(`${kind} payment ${payment.amountCents} by ${by}`))
    const id = await newInvoice(5_000)
    await tenant.control('POST', `invoices/${id}/payments`, { amountCents: 2_000, method: 'wire' })
    await tenant.control('PATCH', `invoices/${id}`, { totalCents: 6_000 })
    await tenant.control('DELETE', `invoices/${id}`)
    expect(told).toEqual(['added 5000', 'added payment 2000 by person', 'updated 6000', 'deleted 6000'])
    expect((await tenant.call('GET', `finance/invoices/${id}`)).status).toBe(404)
    const conditions = `id=${id}`
    expect((await tenant.call<Row[]>('GET', `finance/invoices${query({ conditions })}`)).body).toEqual([])
  })
})

describe('changes', () => {
  test('patch texts, dates and status by bare field names', async () => {
    const id = await newInvoice()
    const patched = await tenant.call('PATCH', `finance/invoices/${id}`, [
      { op: 'replace', path: 'internalNotes', value: 'Paid by card' },
      { op: 'replace', path: 'status', value: { id: 5 } },
      { op: 'replace', path: 'company/identifier', value: 'without effect' },
    ])
    expect(patched.status).toBe(200)
    expect(await read(id)).toMatchObject({
      internalNotes: 'Paid by card',
      status: { id: 5, isClosed: false },
      company: { name: 'Cobble Hill Bakery' },
    })
  })

  test('a closed invoice takes its status and its notes, through another door', async () => {
    const id = await newInvoice()
    await tenant.call('PATCH', `finance/invoices/${id}`, [{ op: 'replace', path: 'status', value: { id: 7 } }])
    const notes = [{ op: 'replace', path: 'internalNotes', value: 'Returned by bank' }]
    expect((await tenant.call('PATCH', `finance/invoices/${id}`, notes)).status).toBe(400)
    const closed = await tenant.call('PATCH', `finance/closedInvoices/${id}`, notes)
    expect(closed).toMatchObject({ status: 200, body: { id, internalNotes: 'Returned by bank', status: { id: 7 } } })
    const reopened = await tenant.call('PUT', `finance/closedInvoices/${id}`, { status: { id: 2 } })
    expect(reopened.body).toMatchObject({ status: { id: 2, isClosed: false } })
    expect((await tenant.call('PATCH', `finance/invoices/${id}`, notes)).status).toBe(200)
  })

  test('invoices can be made and deleted, notes written', async () => {
    const made = await tenant.call('POST', 'finance/invoices', { type: 'Standard', company: { id: 255 } })
    expect(made).toMatchObject({ status: 201, body: { total: 0, company: { id: 255 } } })
    expect((await tenant.call('DELETE', `finance/invoices/${made.body.id}`)).status).toBe(204)
    expect((await tenant.call('GET', `finance/invoices/${made.body.id}`)).status).toBe(404)
    const note = await tenant.call('POST', 'company/companies/255/notes', { text: 'Bank account was closed' })
    expect(note.status).toBe(201)
    const notes = (await tenant.call<Row[]>('GET', 'company/companies/255/notes')).body
    expect(notes).toMatchObject([{ text: 'Bank account was closed', enteredBy: 'closeloop' }])
  })
})

describe('agreements', () => {
  test('bill once a month: on the first, at six in the morning, what is then in force', async () => {
    const agreement = tenant.world.agreements.find(({ clientId }) => clientId === 251)
    const seats = agreement?.additions.find(({ product, cancelledOn }) => product === 'M365-BP' && !cancelledOn)
    await tenant.control('PATCH', `agreements/${agreement?.id}/additions/${seats?.id}`, { quantity: 44 })
    const issued = async () => {
      const conditions = `agreement/id=${agreement?.id} and date>=[2026-12-01]`
      return (await tenant.call<Row[]>('GET', `finance/invoices${query({ conditions })}`)).body
    }
    await tenant.clock.advanceTo(new Date('2026-12-01T10:59:00Z'))
    expect(await issued()).toEqual([])
    await tenant.clock.advanceTo(new Date('2026-12-01T11:01:00Z'))
    const [december, ...others] = await issued()
    expect(others).toEqual([])
    expect(december).toMatchObject({ date: '2026-12-01T00:00:00Z', reference: 'Managed services, December 2026' })
    const conditions = `invoice/id=${december?.id}`
    const lines = (await tenant.call<Row[]>('GET', `procurement/products${query({ conditions })}`)).body
    expect(lines).toContainEqual(
      expect.objectContaining({ description: 'Microsoft 365 Business Premium', quantity: 44 }),
    )
    const again = await tenant.control<{ issued: Row[] }>('POST', 'run-agreements')
    expect(again.body.issued).toEqual([])
    await tenant.clock.advanceTo(new Date('2027-01-01T12:00:00Z'))
    expect(await issued()).toHaveLength(2)
  })

  test('can be billed by a program', async () => {
    const [agreement] = tenant.world.agreements
    const made = await tenant.call<number>('POST', `finance/agreements/${agreement?.id}/invoice`)
    expect(made.status).toBe(201)
    expect(await read(made.body)).toMatchObject({ id: made.body, type: 'Agreement' })
  })
})

test('the probe says who answers', async () => {
  expect((await tenant.call('GET', 'system/info')).body).toMatchObject({ isCloud: true, cloudRegion: 'NA' })
})
