import { expect, test } from 'vitest'
import { acrossTenants } from '@/lib/base/db'
import { sql } from '@/lib/base/sql'
import { forgetThrottles } from './forget-throttles'
import { throttle } from './throttle'

test('counts that ran out are let go of, and one that still holds somebody up is not', async () => {
  for (let tries = 0; tries < 4; tries += 1) await throttle('resend', 'somebody')
  const longAgo = Date.now() - 86_400_000
  await acrossTenants((tx) =>
    tx.run(sql`
      insert into rate_limits (key, points, expire)
      select 'signIn:' || n, 1, ${longAgo}::bigint from generate_series(1, 25_000) n`),
  )
  expect(await forgetThrottles()).toBe(25_000)
  expect(await forgetThrottles()).toBe(0)
  expect(await throttle('resend', 'somebody')).toMatchObject({ ok: false })
})
