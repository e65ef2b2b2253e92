import { test } from 'vitest'
import { runVitest } from '../support/run-vitest.ts'

const files = ['e2e/isolation/verbs.db.test.ts', 'lib/payments/payments.db.test.ts']

test.concurrent('with every filter on the tenant taken out of the statements, row-level security alone refuses', async ({
  expect,
}) => {
  const { passed, failed, output } = await runVitest(files, { ISOLATION: 'row-level-security-alone' })
  expect(failed, output.slice(-3_000)).toBe(0)
  expect(passed).toBeGreaterThan(20)
})

test.concurrent('as a role that row-level security lets through, the filters alone refuse', async ({ expect }) => {
  const { passed, failed, output } = await runVitest(files, {
    ISOLATION: 'filters-alone',
    DATABASE_APP_ROLE: 'closeloop_system',
  })
  expect(failed, output.slice(-3_000)).toBe(0)
  expect(passed).toBeGreaterThan(20)
})

test.concurrent('with both taken away there is something to find: the tests above can fail', async ({ expect }) => {
  const { failed } = await runVitest(['e2e/isolation/verbs.db.test.ts'], {
    ISOLATION: 'row-level-security-alone',
    DATABASE_APP_ROLE: 'closeloop_system',
  })
  expect(failed).toBeGreaterThan(5)
})
