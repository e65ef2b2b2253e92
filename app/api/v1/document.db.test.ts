import { Ajv2020 } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { newId } from '@/lib/base/ids'
import { keyOf } from './api-stage.test.support'
import { operations } from './operations'
import { stageWorld } from './stage-world.test.support'

// The document against the running handlers: every operation is asked, every answer held against its schema.

type Parameter = { name: string; in: string; schema: object }
type Described = {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: { properties?: object; required?: string[] } }> }
  responses: Record<string, { content: Record<string, { schema: object }> }>
}
type Document = { openapi: string; paths: Record<string, Record<string, Described>>; components: { schemas: object } }

const world = await stageWorld()
const { ask, routes, key, theirKey } = world
const document = (await ask('/openapi.json')).body as unknown as Document

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'api')

async function addHook(): Promise<string> {
  const body = { url: 'https://robot.example.com/hook', events: ['invoice.paid'] }
  return String((await ask('/webhook-endpoints', { key, method: 'POST', body })).body.id)
}

/** Whose id each operation is asked with. */
const subjects: Record<string, string> = {
  getInvoice: world.openId,
  createPayLink: world.openId,
  getPayment: world.paymentId,
  getClient: world.clientId,
  createStatementLink: world.clientId,
  getWebhookEndpoint: await addHook(),
  deleteWebhookEndpoint: await addHook(),
}
const bodies: Record<string, object> = {
  createWebhookEndpoint: { url: 'https://robot.example.com/hook', events: ['invoice.paid'] },
  createCheckoutSession: { mode: 'open', client_id: world.clientId },
}

const described = Object.entries(document.paths).flatMap(([path, ofPath]) =>
  Object.entries(ofPath).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
)

function expectToFit({ path, method, one }: (typeof described)[number], status: number, body: unknown): void {
  expect(Object.keys(one.responses), `${method} ${path} answered ${status}`).toContain(String(status))
  const at = [path.replaceAll('/', '~1'), method.toLowerCase(), 'responses', String(status)].join('/')
  const fits = ajv.compile({ $ref: `api#/paths/${at}/content/application~1json/schema` })
  expect(fits(body), `${method} ${path}: ${ajv.errorsText(fits.errors)}`).toBe(true)
}

const addressOf = (path: string, id = newId()) => path.replace('{id}', id)

test('the document says OpenAPI 3.1, and every reference in it leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(20)
  for (const [, name = ''] of references) expect(Object.keys(document.components.schemas)).toContain(name)
})

test('every route has its operation in the document, and every operation its route', () => {
  const served = routes
    .filter(({ path }) => path !== '/openapi.json' && !path.includes('[[...'))
    .map(({ path }) => path)
  expect(Object.keys(document.paths).toSorted()).toEqual(served.toSorted())
  expect(described.map(({ one }) => one.operationId).toSorted()).toEqual(operations.map(({ id }) => id).toSorted())
})

test('examples fit the schemas they explain', () => {
  let count = 0
  for (const [name, schema] of Object.entries(document.components.schemas as Record<string, { examples?: object[] }>)) {
    const fits = ajv.compile({ $ref: `api#/components/schemas/${name}` })
    for (const example of schema.examples ?? []) {
      expect(fits(example), `${name}: ${ajv.errorsText(fits.errors)}`).toBe(true)
      count += 1
    }
  }
  expect(count).toBeGreaterThan(6)
})

for (const described_ of described) {
  const { path, method, one } = described_
  const id = subjects[one.operationId]
  const body = method === 'POST' ? (bodies[one.operationId] ?? {}) : undefined
  const sent = { method, ...(body === undefined ? {} : { body }) }

  test(`${method} ${path}: the answer, and a method that is not there, fit the document`, async () => {
    const answer = await ask(addressOf(path, id), { key, ...sent })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
    expectToFit(described_, answer.status, answer.body)
    expect(answer.headers.get('request-id')).toMatch(/^req_[0-9a-f]{32}$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await ask(addressOf(path, id), { key, method: 'PUT', body: {} })).body.error).toMatchObject({
      code: 'method_not_allowed',
    })
  })

  test(`${method} ${path}: a parameter or field nobody knows is refused by name`, async () => {
    for (const name of ['tenant_id', 'amount', 'status_', '__proto__', 'constructor', 'expand[]']) {
      const inQuery = await ask(`${addressOf(path, id)}?${encodeURIComponent(name)}=1`, { key, ...sent })
      expect(inQuery).toMatchObject({ status: 400, body: { error: { code: 'parameter_unknown', param: name } } })
      expectToFit(described_, 400, inQuery.body)
      if (body === undefined) continue
      const text = JSON.stringify(body).replace(/\}$/, `${Object.keys(body).length > 0 ? ',' : ''}"${name}":1}`)
      const inBody = await ask(addressOf(path, id), { key, method, text })
      expect(inBody, `${name} in the body`).toMatchObject({
        status: 400,
        body: { error: { code: 'parameter_unknown', param: name } },
      })
    }
  })

  test(`${method} ${path}: no key, a made-up key and a key without the scope are refused in the document’s shape`, async () => {
    const scope = operations.find((operation) => operation.id === one.operationId)?.scope ?? 'read'
    const others = (['read', 'write', 'sessions'] as const).filter((other) => other !== scope)
    const none = await ask(addressOf(path, id), sent)
    expect(none).toMatchObject({ status: 401, body: { error: { code: 'key_missing' } } })
    const poor = await ask(addressOf(path, id), { ...sent, key: await keyOf(world.ours, ...others) })
    expect(poor).toMatchObject({ status: 403, body: { error: { type: 'permission_error', code: 'scope_missing' } } })
    expect(poor.body.error?.message).toContain(`"${scope}"`)
    for (const refused of [none, poor]) expectToFit(described_, refused.status, refused.body)
  })

  if (path.includes('{id}'))
    test(`${method} ${path}: another MSP’s id is answered like one that does not exist`, async () => {
      const told = async (asked: string, by: string) => {
        const { status, body: said } = await ask(addressOf(path, asked), { key: by, ...sent })
        expectToFit(described_, status, said)
        return { status, error: { ...said.error, message: said.error?.message.replace(asked, '…'), request_id: '' } }
      }
      const missing = await told(newId(), theirKey)
      expect(missing).toMatchObject({ status: 404, error: { code: 'resource_missing' } })
      expect(await told(id ?? '', theirKey)).toEqual(missing)
      expect(await told('not-an-id', theirKey)).toEqual(missing)
    })
}
