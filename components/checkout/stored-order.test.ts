import { expect, test } from 'vitest'
import { freshOrder, type OrderState } from './order-state'
import { storedOrder } from './stored-order'

const draft: OrderState = {
  by: 'sum',
  out: ['a'],
  texts: { b: '12.50' },
  sum: '100',
  reasons: { b: { code: 'later', text: 'next week' } },
}

test('a draft that was kept is taken up as it was', () => {
  expect(storedOrder(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  expect(storedOrder(freshOrder)).toEqual(freshOrder)
})

test('what is no draft, whoever left it there, is forgotten', () => {
  for (const other of [undefined, null, 7, 'draft', [], {}, { ...draft, by: 'guess' }, { ...draft, sum: 100 }])
    expect(storedOrder(other)).toBeUndefined()
  for (const other of [
    { out: 'a' },
    { out: [1] },
    { texts: { b: 12.5 } },
    { texts: ['12.50'] },
    { reasons: { b: {} } },
  ])
    expect(storedOrder({ ...draft, ...other })).toBeUndefined()
  expect(storedOrder({ ...draft, reasons: { b: { code: 'because', text: '' } } })).toBeUndefined()
})
