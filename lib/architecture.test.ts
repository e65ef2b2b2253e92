import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const ground = ['money', 'base', 'tenancy']
const recorded = [...ground, 'access', 'events', 'ledger', 'connectors']
const owed = [...recorded, 'billing']
const paid = [...owed, 'payments']
const settled = [...paid, 'settlement']

/** The plan of the house, from the ground up: each room, and the rooms it may use. */
const plan: [room: string, uses: string[]][] = [
  ['money', []],
  ['base', []],
  ['tenancy', ['base']],
  ['events', ['base', 'money']],
  ['access', ['base', 'tenancy', 'events']],
  ['ledger', ['base', 'money']],
  ['connectors', ['base', 'money', 'tenancy', 'events']],
  ['documents', ground],
  ['papers', [...ground, 'access']],
  ['billing', recorded],
  ['payments', owed],
  ['autopay', paid],
  ['mail', [...paid, 'autopay']],
  ['privacy', [...ground, 'access', 'events', 'mail']],
  ['settlement', paid],
  ['reports', settled],
  ['collections', [...settled, 'autopay', 'mail', 'documents', 'reports']],
  ['api', [...settled, 'mail']],
  ['webhooks', [...settled, 'mail', 'api']],
  ['psa', settled],
  ['accounting', settled],
]
plan.push(['jobs', plan.map(([room]) => room)])

const files = ['app', 'components', 'lib', 'messages', 'sandbox']
  .filter((top) => existsSync(top))
  .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)))
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  .map((file) => ({ ...file, worldly: file.text.includes("import 'server-only'") }))
const importing = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm
const imports = files.flatMap((from) =>
  [...from.text.matchAll(importing)].map(([, type, still, lazy]) => {
    const path = still ?? lazy ?? ''
    const to = path.startsWith('@/') ? path.slice(2) : path.startsWith('.') ? join(dirname(from.path), path) : path
    return { from, to, typeOnly: type !== undefined }
  }),
)
const roomOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1]
const isIn = (top: string, path: string) => path.startsWith(`${top}/`)
const nothingOf = (found: typeof imports) => expect(found.map(({ from, to }) => `${from.path} → ${to}`)).toEqual([])

test('the plan has no circles', () => {
  plan.forEach(([room, uses], floor) => {
    const below = plan.slice(0, floor).map(([name]) => name)
    expect(below, `${room} uses only rooms listed before it`).toEqual(expect.arrayContaining(uses))
  })
})
test('every room is on the plan and uses only what the plan allows', () => {
  const allowed = new Map(plan)
  nothingOf(
    imports.filter(({ from, to }) => {
      const [here, there] = [roomOf(from.path), roomOf(to)]
      return here !== undefined && there !== undefined && here !== there && !allowed.get(here)?.includes(there)
    }),
  )
})
test('a file without server-only never imports one that has it', () => {
  const worldly = new Set(files.filter((f) => f.worldly).map((f) => f.path.replace(/\.tsx?$/, '')))
  nothingOf(
    imports.filter(({ from, to, typeOnly }) => isIn('lib', from.path) && !from.worldly && !typeOnly && worldly.has(to)),
  )
})
test('components know shapes, not machinery', () => {
  nothingOf(
    imports.filter(
      ({ from, to, typeOnly }) =>
        isIn('components', from.path) &&
        isIn('lib', to) &&
        !typeOnly &&
        roomOf(to) !== 'money' &&
        // The rule that splits a payment shows the figures with the same arithmetic that checks them.
        to !== 'lib/payments/plan-order',
    ),
  )
})
test('the checkout runs in any frame: no router, no translator', () => {
  const reached = new Set(['components/checkout/checkout-view'])
  for (const path of reached)
    for (const { from, to, typeOnly } of imports)
      if (!typeOnly && from.path.replace(/\.tsx?$/, '') === path) reached.add(to)
  expect(reached).toContain('components/checkout/stripe-fields')
  expect([...reached].filter((path) => /^(next(-|\/|$)|app\/|messages\/)/.test(path))).toEqual([])
})
test('each outside system is spoken to from one folder', () => {
  nothingOf(
    imports.filter(
      ({ from, to }) =>
        (to === 'stripe' && isIn('lib', from.path) && !isIn('lib/payments/stripe', from.path)) ||
        (/^lib\/(psa|accounting|payments)\/[^/]+\//.test(to) && roomOf(from.path) !== roomOf(to)),
    ),
  )
})
test('the sandbox and the product share nothing', () => {
  nothingOf(
    imports.filter(
      ({ from, to }) =>
        isIn('sandbox', from.path) !== isIn('sandbox', to) &&
        (isIn('sandbox', to) || /^(app|components|lib)\//.test(to)),
    ),
  )
})
