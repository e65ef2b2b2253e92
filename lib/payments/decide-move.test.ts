import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttemptState } from './attempt'
import { decideMove } from './decide-move'

type Status = Parameters<typeof decideMove>[1]['status']
const failure = { code: 'insufficient_funds', message: '' }
const news = (status: Status) => ({ status, ...(status === 'requires_payment_method' ? { failure } : {}) })

/** Applies news one after another and answers where the attempt ends. */
function follow(from: AttemptState, statuses: Status[]): AttemptState {
  return statuses.reduce<AttemptState>((state, status) => {
    const move = decideMove(state, news(status))
    return move.to === 'stay' ? state : move.to
  }, from)
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

test('fault 15: in whatever order news arrives, a payment that succeeded ends as succeeded', () => {
  for (const order of permutations<Status>([
    'requires_action',
    'processing',
    'succeeded',
    'processing',
    'requires_action',
  ]))
    expect(follow('sent', order), order.join(' ')).toBe('succeeded')
})

test('news told twice changes nothing the second time', () => {
  const statuses = fc.constantFrom<Status>(
    'requires_action',
    'processing',
    'succeeded',
    'canceled',
    'requires_payment_method',
  )
  fc.assert(
    fc.property(fc.array(statuses, { maxLength: 8 }), (told) => {
      expect(
        follow(
          'sent',
          told.flatMap((status) => [status, status]),
        ),
      ).toBe(follow('sent', told))
    }),
  )
})

test('processing is not paid, and what is paid never goes back to processing', () => {
  expect(decideMove('sent', news('processing'))).toEqual({ to: 'processing' })
  for (const state of ['succeeded', 'part_refunded', 'refunded', 'disputed', 'returned'] as const)
    for (const status of ['processing', 'requires_action', 'canceled', 'requires_payment_method', 'succeeded'] as const)
      expect(decideMove(state, news(status)), `${state} ${status}`).toEqual({ to: 'stay' })
})

test('an intent that was never confirmed is not a failure', () => {
  expect(decideMove('sent', { status: 'requires_payment_method' })).toEqual({ to: 'stay' })
  expect(decideMove('sent', news('requires_payment_method'))).toEqual({ to: 'failed', code: 'insufficient_funds' })
})

test('money that Stripe did take is recorded even where we had given up', () => {
  for (const state of ['failed', 'canceled', 'unknown'] as const)
    expect(decideMove(state, news('succeeded'))).toEqual({ to: 'succeeded' })
})
