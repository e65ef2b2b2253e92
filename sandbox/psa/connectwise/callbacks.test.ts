import { createHash, createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Heard, listenForCallbacks, type Row, tenantUnderTest } from './tenant-under-test.ts'

let tenant: Awaited<ReturnType<typeof tenantUnderTest>>
let listener: Awaited<ReturnType<typeof listenForCallbacks>>
beforeEach(async () => {
  tenant = await tenantUnderTest(0.1)
  listener = await listenForCallbacks()
})
afterEach(async () => {
  listener.close()
  await tenant.close()
})

const register = (facts: object = {}) =>
  tenant.call('POST', 'system/callbacks', { url: listener.url, type: 'invoice', level: 'owner', objectId: 1, ...facts })
const edit = (dueOn = '2026-12-24') => tenant.control('PATCH', `invoices/${lastId()}`, { dueOn })
const lastId = () => tenant.world.invoices.at(-1)?.id
const actions = (heard: Heard[]) => heard.map(({ body }) => body.Action)

describe('callbacks', () => {
  test('carry the record as text, signed with the key behind key_url', async () => {
    const { status, body: callback } = await register({ description: 'Closeloop' })
    expect(status).toBe(201)
    await edit()
    await tenant.service.idle()
    const [heard] = listener.heard
    expect(heard?.url).toBe(`/hooks?recordId=${lastId()}&action=updated`)
    expect(heard?.body).toMatchObject({
      Action: 'updated',
      Type: 'invoice',
      ID: lastId(),
      CompanyId: 'larkfield',
      MemberId: 'rokafor',
    })
    expect(JSON.parse(String(heard?.body.Entity))).toMatchObject({ id: lastId(), dueDate: '2026-12-24T00:00:00Z' })
    const { key_url } = (heard?.body.Metadata ?? {}) as { key_url: string }
    expect(new URL(key_url).origin).toBe(tenant.service.url)
    const { signing_key } = (await (await fetch(key_url)).json()) as { signing_key: string }
    const key = createHash('sha256').update(signing_key).digest()
    expect(heard?.signature).toBe(
      createHmac('sha256', key)
        .update(heard?.raw ?? '')
        .digest('base64'),
    )
    expect((await tenant.call('DELETE', `system/callbacks/${callback.id}`)).status).toBe(204)
    await edit()
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(1)
  })

  test('tell of what was added, changed, paid and deleted', async () => {
    await register()
    const lines = [{ description: 'Support', unitPriceCents: 5_000 }]
    const { body } = await tenant.control<{ id: number }>('POST', 'invoices', { client: 'Mercer Packaging', lines })
    await tenant.call('POST', `finance/invoices/${body.id}/payments`, { amount: 50 })
    await tenant.control('DELETE', `invoices/${body.id}`)
    await tenant.service.idle()
    expect(actions(listener.heard)).toEqual(['added', 'updated', 'updated', 'deleted'])
  })

  test('are spared the member who asked for that, and only it', async () => {
    await register({ isSelfSuppressedFlag: true })
    const notes = [{ op: 'replace', path: 'internalNotes', value: 'by us' }]
    const open = tenant.world.invoices.find(({ number }) => number === '20418')
    expect((await tenant.call('PATCH', `finance/invoices/${open?.id}`, notes)).status).toBe(200)
    await tenant.service.idle()
    expect(listener.heard).toEqual([])
    await edit()
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(1)
  })

  test('may cover one company only, or none while inactive', async () => {
    const clientId = tenant.world.invoices.at(-1)?.clientId
    await register({ level: 'company', objectId: clientId })
    await register({ level: 'company', objectId: 1 })
    const inactive = await register()
    const change = [{ op: 'replace', path: 'inactiveFlag', value: true }]
    expect((await tenant.call('PATCH', `system/callbacks/${inactive.body.id}`, change)).body).toMatchObject({
      inactiveFlag: true,
    })
    await edit()
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(1)
    expect((await tenant.call<Row[]>('GET', 'system/callbacks')).body).toHaveLength(3)
  })

  test('come twice, never, or in the wrong order when the faults say so', async () => {
    await register()
    tenant.service.faults.webhooks = 'twice'
    await edit()
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(2)
    for (const silent of ['lost', 'never'] as const) {
      tenant.service.faults.webhooks = silent
      await edit()
    }
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(2)
    tenant.service.faults.webhooks = 'reordered'
    await edit('2026-12-25')
    await edit('2026-12-26')
    await edit('2026-12-27')
    await tenant.service.idle()
    const due = listener.heard.slice(2).map(({ body }) => JSON.parse(String(body.Entity)).dueDate.slice(0, 10))
    expect(due).toEqual(['2026-12-26', '2026-12-25', '2026-12-27'])
  })

  test('are repeated twice after a 429, and after a 500 not at all', async () => {
    await register()
    listener.close()
    listener = await listenForCallbacks([429, 404, 200])
    await register()
    await edit()
    await tenant.service.idle()
    for (const seconds of [2, 4, 60]) {
      await tenant.clock.advanceTo(new Date(tenant.clock.now().getTime() + seconds * 1000))
      await tenant.service.idle()
    }
    expect(listener.heard).toHaveLength(3)
    listener.close()
    listener = await listenForCallbacks([500])
    await register()
    await edit()
    await tenant.service.idle()
    await tenant.clock.advanceTo(new Date(tenant.clock.now().getTime() + 60_000))
    await tenant.service.idle()
    expect(listener.heard).toHaveLength(1)
  })

  test('tell of agreements and companies too', async () => {
    await register({ type: 'agreement' })
    await register({ type: 'company' })
    const [agreement] = tenant.world.agreements
    const [addition] = agreement?.additions ?? []
    await tenant.control('PATCH', `agreements/${agreement?.id}/additions/${addition?.id}`, { quantity: 99 })
    await tenant.control('PATCH', 'clients/251', { name: 'Hadley, Moss & Partners' })
    await tenant.service.idle()
    expect(listener.heard.map(({ body }) => body.Type)).toEqual(['agreement', 'company'])
    expect((await tenant.call('GET', 'company/companies/251')).body.name).toBe('Hadley, Moss & Partners')
  })
})
