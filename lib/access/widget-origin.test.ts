import { expect, test } from 'vitest'
import { readOrigin } from './widget-origin'

const strict = { allowsLocal: false }
const originOf = (typed: string, options = strict) => {
  const read = readOrigin(typed, options)
  return read.ok ? read.origin : read.because
}

test('a site is kept as the origin a browser compares with', () => {
  expect(originOf('https://www.larkfieldit.example')).toBe('https://www.larkfieldit.example')
  expect(originOf(' HTTPS://WWW.LarkfieldIT.example/ ')).toBe('https://www.larkfieldit.example')
  expect(originOf('www.larkfieldit.example')).toBe('https://www.larkfieldit.example')
  expect(originOf('https://portal.larkfieldit.example:8443')).toBe('https://portal.larkfieldit.example:8443')
  expect(originOf('https://larkfieldit.example:443')).toBe('https://larkfieldit.example')
})

test('a name in another script is shown for what it is', () => {
  // The first letter of each second one is Cyrillic, or full width.
  expect(originOf('https://аpple.example')).toBe('https://xn--pple-43d.example')
  expect(originOf('https://BORÉAL.example')).toBe(originOf('https://boréal.example'))
  expect(originOf('https://ｌarkfield.example')).toBe('https://larkfield.example')
})

test('what would let in more than one site, or another than meant, is refused by its reason', () => {
  const cases: [typed: string, because: string][] = [
    ['', 'empty'],
    ['*', 'wildcard'],
    ['https://*.github.io', 'wildcard'],
    ['*.larkfieldit.example', 'wildcard'],
    ['null', 'null'],
    ['data:text/html,x', 'null'],
    ['https://larkfieldit.example.', 'trailing-dot'],
    ['https://larkfieldit.example/billing', 'path'],
    ['https://larkfieldit.example/?a=1', 'path'],
    ['https://larkfieldit.example#', 'path'],
    ['https://larkfieldit.example@evil.example', 'user'],
    ['http://larkfieldit.example', 'http'],
    ['http://localhost:4000', 'http'],
    ['https://localhost', 'number'],
    ['https://203.0.113.9', 'number'],
    ['https://0x7f.1', 'number'],
    ['https://[2001:db8::1]', 'number'],
    ['ftp://larkfieldit.example', 'scheme'],
    ['javascript://larkfieldit.example', 'scheme'],
    ['https://', 'no-address'],
    ['https://lark field.example', 'no-address'],
    ['https://a.example; script-src *', 'wildcard'],
    ["https://a.example 'self'", 'no-address'],
    ["https://a.example;'self'", 'no-address'],
    [`https://${'a.'.repeat(130)}example`, 'too-long'],
  ]
  expect(cases.map(([typed]) => [typed, originOf(typed)])).toEqual(cases)
})

test('this very machine may frame it in trials only', () => {
  expect(originOf('http://localhost:4000', { allowsLocal: true })).toBe('http://localhost:4000')
  expect(originOf('http://127.0.0.1:4000', { allowsLocal: true })).toBe('http://127.0.0.1:4000')
  expect(originOf('http://larkfieldit.example', { allowsLocal: true })).toBe('http')
  expect(originOf('http://localhost.evil.example', { allowsLocal: true })).toBe('http')
})
