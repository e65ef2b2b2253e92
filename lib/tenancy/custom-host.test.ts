import { expect, test } from 'vitest'
import { decideHost, readHost, recordsOf } from './custom-host'

const ours = 'closeloop.example'
const custom = { host: 'pay.larkfield.example', token: 'T0ken' }
const [cname, txt] = recordsOf(custom, ours).map(({ value }) => value)

test('a typed name becomes the one a browser would send', () => {
  expect(readHost(' Pay.Larkfield.Example. ', ours)).toEqual({ ok: true, host: 'pay.larkfield.example' })
  expect(readHost('payer.boréal.example', ours)).toEqual({ ok: true, host: 'payer.xn--boral-dsa.example' })
})

test('what cannot be a host of the tenant’s is refused with the reason', () => {
  const wrong = [
    '',
    'pay',
    'https://pay.larkfield.example',
    'pay.larkfield.example/x',
    'pay.larkfield.example:80',
    '*.larkfield.example',
    '127.0.0.1',
    '2130706433.1',
    '[::1]',
    'a@b.example',
    'pay larkfield.example',
    '-pay.larkfield.example',
    ours,
    `x.${ours}`,
    `${'a'.repeat(64)}.example`,
  ]
  for (const typed of wrong) expect(readHost(typed, ours).ok, typed).toBe(false)
})

test('both records are needed: one says whose the name is, the other that it leads here', () => {
  const decide = (found: { cname?: string[]; txt?: string[] }) =>
    decideHost(custom, ours, { cname: found.cname, txt: found.txt }).is
  expect(decide({ cname: [`${cname?.toUpperCase()}.`], txt: ['v=spf1 -all', txt ?? ''] })).toBe('proved')
  expect(decide({ cname: [cname ?? ''], txt: [] })).toBe('missing')
  expect(decide({ cname: [cname ?? ''], txt: ['closeloop=another'] })).toBe('missing')
  expect(decide({ cname: [], txt: [txt ?? ''] })).toBe('missing')
  expect(decide({ cname: ['shop.evil.example'], txt: [txt ?? ''] })).toBe('missing')
})

test('a name server that does not answer proves nothing and takes nothing away', () => {
  expect(decideHost(custom, ours, { cname: undefined, txt: [txt ?? ''] }).is).toBe('unknown')
  expect(decideHost(custom, ours, { cname: [cname ?? ''], txt: undefined }).is).toBe('unknown')
})
