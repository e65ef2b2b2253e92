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
  expect(left).toBe(12) // half a second's worth at once
  await vi.advanceTimersByTimeAsync(1_000)
  expect(left).toBeLessThanOrEqual(37)
  expect(left).toBeGreaterThanOrEqual(35)
  let other = false
  void pace('acct_2').then(() => {
    other = true
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(other).toBe(true)
  await vi.advanceTimersByTimeAsync(2_800)
  await Promise.all(all)
  expect(left).toBe(100)
})

test('where the first requests wait four tenths of a second for their connections, those behind are still within what is allowed', async () => {
  const arrivals: number[] = []
  const late = (at: number) => (at < 25 ? 400 : (at * 7_919) % 101)
  for (let at = 0; at < 500; at += 1) void pace('acct_3').then(() => arrivals.push(performance.now() + late(at)))
  await vi.advanceTimersByTimeAsync(22_000)
  expect(arrivals).toHaveLength(500)
  // A bucket as Stripe describes its limiter: a second's worth, refilled as time goes by.
  let [tokens, filledAt] = [25, 0]
  for (const at of arrivals.toSorted((a, b) => a - b)) {
    tokens = Math.min(25, tokens + ((at - filledAt) / 1000) * 25) - 1
    filledAt = at
    expect(tokens).toBeGreaterThanOrEqual(0)
  }
})
