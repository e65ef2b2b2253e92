import { expect, test } from 'vitest'
import { statusLooks } from './status-words'

test('of one thing, no two words share icon and tone, so that each reads in gray and in color', () => {
  for (const [of, words] of Object.entries(statusLooks)) {
    const looks = Object.values(words).map(({ tone, icon }) => `${tone} ${icon.displayName}`)
    expect(new Set(looks).size, of).toBe(looks.length)
  }
})

test('on its way is never green, and only what is done is', () => {
  const green = Object.values(statusLooks).flatMap((words) =>
    Object.values(words)
      .filter(({ tone }) => tone === 'good')
      .map(({ word }) => word),
  )
  expect(green.toSorted()).toEqual(['Delivered', 'In step', 'Paid', 'Posted', 'Succeeded'])
})
