import { actionTable } from './pages/action-table.ts'
import { builtActions, builtRoutes } from './pages/build.ts'
import { callAction } from './pages/call-action.ts'
import { cookieOf, findGuarded, type Guarded, letGo, stateOf, strangers } from './pages/guarded.ts'
import { type Answer, routeTable } from './pages/route-table.ts'
import { expect, test } from './pages/test.ts'
import { forgetEntering } from './pages/throttles.ts'
import { stack } from './support/stack.ts'

// A matrix of every address and every server action, taken from the build, and everybody who has no business there.

let guarded: Guarded
let before: string
test.beforeAll(async ({ browser }) => {
  guarded = await findGuarded(browser)
  before = await stateOf(guarded)
})
test.beforeEach(forgetEntering)
test.afterAll(async () => letGo(guarded))
test.afterEach(async () => expect(await stateOf(guarded)).toBe(before))

test('every address and every server action of the build has its row in the tables', () => {
  expect(builtRoutes().map(({ address }) => address)).toEqual(Object.keys(routeTable).toSorted(byLocale))
  expect(builtActions().map(({ name }) => name)).toEqual(Object.keys(actionTable).toSorted(byLocale))
})

for (const who of strangers)
  test(`addresses: ${who} gets nothing of another’s, and the same answer as for what does not exist`, async () => {
    const cookie = await cookieOf(who)
    for (const [route, { at, method = 'GET', answers }] of Object.entries(routeTable)) {
      const answer = await ask(at(guarded), method, cookie)
      expect.soft(kindOf(answer), `${route} for ${who}: ${answer.status} ${answer.location}`).toBe(answers[who])
      expectNoMarks(answer.body, route)
      if (answers[who] !== 'not found') continue
      const missing = await ask(at(nowhere(guarded)), method, cookie)
      expect.soft(readable(answer), `${route} for ${who} tells apart`).toEqual(readable(missing))
    }
  })

for (const who of strangers)
  test(`actions: ${who} moves nothing of another’s`, async () => {
    for (const { id, name } of builtActions()) {
      const row = actionTable[name]
      if (row === undefined) continue
      const headers = { cookie: await cookieOf(who) }
      const response = await callAction(urlOf(pageOf(row.on)), id, row.with(guarded), headers)
      const answer = await told(response)
      expect.soft(kindOf(answer), `${name} for ${who}: ${answer.status} ${answer.location}`).toBe(row.answers[who])
      expectNoMarks(answer.body, name)
    }
  })

test('actions: a viewer of the same MSP moves nothing either', async () => {
  for (const { id, name } of builtActions()) {
    const row = actionTable[name]
    if (row === undefined) continue
    const headers = { cookie: await cookieOf('viewer') }
    const answer = await told(await callAction(urlOf(pageOf(row.on)), id, row.with(guarded), headers))
    const expected = row.viewer ?? row.answers['other MSP’s staff']
    expect.soft(kindOf(answer), `${name} for a viewer: ${answer.status} ${answer.location}`).toBe(expected)
  }
})

test('addresses: a viewer of the same MSP reads no audit trail', async () => {
  const cookie = await cookieOf('viewer')
  for (const path of ['/console/audit', '/console/audit/csv']) {
    const answer = await ask(path, 'GET', cookie)
    expect(kindOf(answer), path).toBe('not found')
  }
})

test('actions: the same call by whom it belongs to is understood, so that a refusal says something', async () => {
  const name = 'console/(staff)/payments/[id]/ask-now.ts askNow'
  const id = builtActions().find((action) => action.name === name)?.id ?? ''
  const ask = async (of: Guarded) => {
    const row = actionTable[name]
    const headers = { cookie: await cookieOf('owner') }
    return callAction(urlOf(`/console/payments/${guarded.attemptId}`), id, row?.with(of) ?? [], headers)
  }
  expect(kindOf(await told(await ask(guarded)))).toBe('own')
  expect(kindOf(await told(await ask(nowhere(guarded))))).toBe('not found')
})

test('actions: a page of another origin is refused, whoever is signed in', async () => {
  const cookie = await cookieOf('owner')
  for (const { id, name } of builtActions()) {
    const row = actionTable[name]
    if (row === undefined) continue
    const headers = { cookie, origin: 'https://evil.example' }
    const response = await callAction(urlOf(pageOf(row.on)), id, row.with(guarded), headers)
    expect.soft(response.status, name).toBeGreaterThanOrEqual(400)
  }
})

test('headers that once led around a framework’s own guard lead nowhere', async () => {
  for (const name of ['x-middleware-subrequest', 'x-middleware-rewrite', 'x-invoke-path', 'x-now-route-matches'])
    for (const path of ['/console/invoices', '/m/larkfield/invoices']) {
      const value = 'proxy:proxy:proxy:proxy:proxy'
      const response = await fetch(urlOf(path), { redirect: 'manual', headers: { [name]: value } })
      expect(kindOf(await told(response)), `${path} with ${name}`).toBe('sign in')
    }
})

type Told = { status: number; location: string; body: string }

async function ask(path: string, method: string, cookie: string): Promise<Told> {
  const init = method === 'POST' ? { body: '{}' } : {}
  return told(await fetch(urlOf(path), { method, redirect: 'manual', headers: { cookie }, ...init }))
}

/** What an answer says, wherever it says it: a page that has begun to stream can only say so in its text. */
async function told(response: Response): Promise<Told> {
  const body = await response.text()
  const location = response.headers.get('location') ?? response.headers.get('x-action-redirect') ?? ''
  return { status: response.status, location, body }
}

function kindOf({ status, location, body }: Told): Answer | `status ${number}` {
  if (/\/sign-in(;|$|\?(?!.*because))/.test(location)) return 'sign in'
  // An action that begins to stream before it finds nothing says so in its text, as the browser reads it.
  if (status === 404 || body.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'not found'
  if (status === 400 || status === 401 || status === 403) return 'refused'
  if (status >= 400) return `status ${status}`
  if (/"ok":false,"because":"(form|not-allowed)"/.test(body)) return 'refused'
  return 'own'
}

function expectNoMarks(body: string, where: string): void {
  for (const mark of guarded.marks) expect.soft(body.includes(mark), `${where} shows “${mark}”`).toBe(false)
}

/** The same question about rows that do not exist anywhere. */
function nowhere(of: Guarded): Guarded {
  const ids = Object.entries(of).map(([key, value]) =>
    typeof value === 'string' && value.length === 36 ? [key, '0190a0a0-0000-7000-8000-000000000000'] : [key, value],
  )
  return Object.fromEntries(ids) as Guarded
}

/** Status, and text as a reader sees it. */
function readable({ status, body }: Told): { status: number; text: string } {
  const text = body.replaceAll(/<(script|style)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]+>/g, ' ')
  const unnamed = text.replaceAll(/req_[0-9a-f]{32}/g, 'req_…') // each exchange has a name of its own
  return { status, text: unnamed.replaceAll(/\s+/g, ' ').trim() }
}

function pageOf(on: string | ((of: Guarded) => string)): string {
  return typeof on === 'string' ? on : on(guarded)
}

function urlOf(path: string): string {
  return new URL(path, stack().web).href
}

function byLocale(a: string, b: string): number {
  return a.localeCompare(b)
}
