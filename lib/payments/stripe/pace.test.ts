import { expect, test, vi } from 'vitest'

vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
process.env.DATABASE_URL = 'postgres://unused'
process.env.SECRET_KEYS = 'unused'
process.env.STRIPE_RATE = '25'
const { pace } = await import('./pace')

test('no more than the allowed rate leaves for an account, and other accounts do not wait for it', async () => {
  let left = 0
  const all = Array.from({ length: 100 }, () => pace('acct_1').then(() => left++))
  await vi.advanceTimersByTimeAsync(0)
  expect(left).toBe(25) // one second's worth at once
  await vi.advanceTimersByTimeAsync(1_000)
  expect(left).toBeLessThanOrEqual(50)
  expect(left).toBeGreaterThanOrEqual(48)
  let other = false
  void pace('acct_2').then(() => {
    other = true
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(other).toBe(true)
  await vi.advanceTimersByTimeAsync(2_200)
  await Promise.all(all)
  expect(left).toBe(100)
})
