import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { chromiumFlags } from './chromium-flags.ts'

test('what Playwright switches off in Chromium stays off beside what the tests switch off', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('playwright-core/lib/coreBundle'), 'utf8')
  const [, list = ''] = /\bdisabledFeatures = \[(.*?)\]/s.exec(source) ?? []
  const offByPlaywright = [...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name = '']) => name)
  expect(offByPlaywright.length).toBeGreaterThan(10)
  const [ours = ''] = chromiumFlags.filter((flag) => flag.startsWith('--disable-features='))
  const off = ours.split('=')[1]?.split(',') ?? []
  expect(offByPlaywright.filter((name) => !off.includes(name))).toEqual([])
  expect(off.length).toBeGreaterThan(offByPlaywright.length)
})
