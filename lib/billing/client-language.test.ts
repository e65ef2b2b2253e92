import { expect, test } from 'vitest'
import { languageAt } from './client-language'

test.each([
  ['QC', 'Canada'],
  ['Québec', 'CA'],
  ['Que\u0301bec', 'CAN'],
  [' quebec ', ''],
  ['P.Q.', 'Canada'],
  ['Qué.', 'canada'],
])('a client in Quebec is served in French, however the PSA writes it: %s, %s', (region, country) => {
  expect(languageAt({ region, country })).toBe('fr-CA')
})

test.each([
  ['ON', 'Canada'],
  ['NB', 'Canada'],
  ['', 'Canada'],
  ['QC', 'Philippines'],
  ['NY', 'United States'],
  ['', ''],
])('elsewhere the MSP’s own language holds: %s, %s', (region, country) => {
  expect(languageAt({ region, country })).toBeUndefined()
})
