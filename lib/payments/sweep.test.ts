import { expect, test } from 'vitest'
import { decideSweep, type Stuck } from './sweep'

const at = new Date('2026-11-20T15:00:00Z')
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1000)
const hour = 3600
const stuck = (over: Partial<Stuck>): Stuck => ({
  id: 'a',
  state: 'sent',
  amountMinor: 100n,
  currency: 'USD',
  clientId: 'c',
  sentAt: ago(60),
  stateAt: ago(60),
  clearsOn: null,
  paymentIntentId: null,
  waitsFor: null,
  receiptEmail: null,
  ...over,
})
const decide = (over: Partial<Stuck>) => decideSweep(stuck(over), at, '2026-11-20')

test('a lost answer is asked for again under the same key, but not while somebody may still be waiting for it', () => {
  expect(decide({ stateAt: ago(5), sentAt: ago(5) })).toEqual({ do: 'wait' })
  expect(decide({})).toEqual({ do: 'send-again' })
})

test('fault 11: a key older than 23 hours is never sent again', () => {
  expect(decide({ sentAt: ago(22 * hour), stateAt: ago(22 * hour) }).do).toBe('send-again')
  for (const state of ['sent', 'unknown'] as const)
    expect(decide({ state, sentAt: ago(23 * hour + 1), stateAt: ago(600) })).toMatchObject({
      do: 'look-up',
      mayGiveUp: true,
    })
})

test('fault 9: an attempt that stays unknown is looked up, and given up only long after it was sent', () => {
  expect(decide({ state: 'unknown', sentAt: ago(90) })).toEqual({ do: 'send-again' })
  expect(decide({ state: 'unknown', sentAt: ago(180) })).toMatchObject({ do: 'look-up', mayGiveUp: false })
  expect(decide({ state: 'unknown', sentAt: ago(1200) })).toMatchObject({ do: 'look-up', mayGiveUp: true })
})

test('a bank’s check or an agreement nobody finished frees the invoice after an hour; micro-deposits may take days', () => {
  const waiting = { state: 'requires_action', paymentIntentId: 'pi_1', stateAt: ago(2 * hour) } as const
  for (const waitsFor of ['bank', 'agreement'])
    expect(decide({ ...waiting, waitsFor })).toEqual({ do: 'cancel', intentId: 'pi_1' })
  expect(decide({ ...waiting, waitsFor: 'deposits' })).toEqual({ do: 'ask', intentId: 'pi_1' })
})

test('a debit under way is asked about from the promised date on, in case its webhook got lost', () => {
  const flying = { state: 'processing', paymentIntentId: 'pi_1', stateAt: ago(hour) } as const
  expect(decide({ ...flying, clearsOn: '2026-11-25' })).toEqual({ do: 'wait' })
  expect(decide({ ...flying, clearsOn: '2026-11-20' })).toEqual({ do: 'ask', intentId: 'pi_1' })
})
