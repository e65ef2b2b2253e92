import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeDkim } from './dkim'
import { judgeDmarc, policyNames } from './dmarc'
import type { Finding, TxtAnswers } from './records'
import { judgeSender, senderOf } from './sender'
import { judgeSpf, reachOf } from './spf'

const google = senderOf('billing@larkfield.example', 'smtps://user:pass@smtp.gmail.com:465', 'pay.larkfield.example')
const own = senderOf('billing@larkfield.example', 'smtp://smtp.larkfield.example:587', 'pay.larkfield.example')
const googles = { '_spf.google.com': ['v=spf1 ip4:74.125.0.0/16 ~all'] }
const spf = (records: string[], others: TxtAnswers = googles, sender = google) =>
  judgeSpf(sender, { 'larkfield.example': records, ...others })

test('a sender is known by its domain and its mail server; a server on this machine by the name the machine has', () => {
  expect(google).toMatchObject({ domain: 'larkfield.example', relay: { name: 'Google Workspace' }, isPublic: true })
  expect(JSON.stringify(google)).not.toContain('pass')
  expect(senderOf('a@b.example', 'smtp://127.0.0.1:25', 'pay.b.example').host).toBe('pay.b.example')
  expect(senderOf('billing@localhost', '', 'localhost').isPublic).toBe(false)
})

test('one SPF record that includes the sender and ends is good; what else stands in TXT does not matter', () => {
  expect(spf(['google-site-verification=1', 'v=spf1 include:_spf.google.com ~all'])).toMatchObject({ state: 'good' })
  expect(spf(['v=spf1 redirect=_spf.google.com'])).toMatchObject({ state: 'good' })
  expect(spf(['V=SPF1 INCLUDE:_SPF.google.com -ALL']).state).toBe('good')
})

test('no SPF record: the one to add names the sender', () => {
  const wanted = (value: string) => ({ state: 'bad', wanted: { name: 'larkfield.example', value } })
  expect(spf([])).toMatchObject(wanted('v=spf1 include:_spf.google.com ~all'))
  expect(spf(['v=spf10 -all'])).toMatchObject(wanted('v=spf1 include:_spf.google.com ~all'))
  expect(spf([], {}, own)).toMatchObject(wanted('v=spf1 a:smtp.larkfield.example ~all'))
  const through = (smtp: string) => senderOf('billing@larkfield.example', smtp, 'localhost')
  expect(spf([], {}, through('smtp://203.0.113.9'))).toMatchObject(wanted('v=spf1 ip4:203.0.113.9 ~all'))
  expect(spf([], {}, through('smtp://[2001:db8::9]'))).toMatchObject(wanted('v=spf1 ip6:2001:db8::9 ~all'))
  expect(spf([], {}, through('smtp://localhost'))).toMatchObject(wanted('v=spf1 mx ~all'))
})

test('several SPF records are an error, and the cure is one that says all they say', () => {
  const found = spf(['v=spf1 mx -all', 'v=spf1 include:spf.crm.example include:_spf.google.com ~all'])
  expect(found).toMatchObject({
    state: 'bad',
    wanted: { value: 'v=spf1 include:_spf.google.com mx include:spf.crm.example ~all' },
  })
  expect(found.published).toHaveLength(2)
})

test('+all lets anybody in, ?all and no end say nothing: each is mended, and nothing else of the record is lost', () => {
  expect(spf(['v=spf1 include:_spf.google.com +all'])).toMatchObject({
    state: 'bad',
    wanted: { value: 'v=spf1 include:_spf.google.com ~all' },
  })
  expect(spf(['v=spf1 include:_spf.google.com all']).state).toBe('bad')
  expect(spf(['v=spf1 include:_spf.google.com ?all']).state).toBe('warn')
  expect(spf(['v=spf1 mx include:_spf.google.com'])).toMatchObject({
    state: 'warn',
    wanted: { value: 'v=spf1 mx include:_spf.google.com ~all' },
  })
})

test('a sender that is not included, or stands behind the end, is asked for', () => {
  expect(spf(['v=spf1 mx -all'])).toMatchObject({
    state: 'bad',
    wanted: { value: 'v=spf1 include:_spf.google.com mx -all' },
  })
  expect(spf(['v=spf1 mx -all include:_spf.google.com'])).toMatchObject({
    wanted: { value: 'v=spf1 include:_spf.google.com mx -all' },
  })
  // One that includes it by way of another is included.
  const hub = { 'spf.hub.example': ['v=spf1 include:_spf.google.com ~all'], ...googles }
  expect(spf(['v=spf1 include:spf.hub.example ~all'], hub).state).toBe('good')
})

test('ten questions are allowed, eleven are not; a ring of includes ends', () => {
  const a = (count: number) => Array.from({ length: count }, (_, at) => `a:m${at}.larkfield.example`).join(' ')
  expect(spf([`v=spf1 include:_spf.google.com ${a(9)} ~all`])).toMatchObject({ state: 'good' })
  expect(spf([`v=spf1 include:_spf.google.com ${a(10)} ~all`])).toMatchObject({ state: 'bad' })
  const ring = { 'a.example': ['v=spf1 include:b.example'], 'b.example': ['v=spf1 include:a.example'] }
  expect([...reachOf('a.example', ring).broken]).toEqual(['a.example'])
})

test('an include that leads nowhere, and a part that is no SPF, are errors', () => {
  const nowhere = spf(['v=spf1 include:_spf.google.com include:gone.example ~all'], { ...googles, 'gone.example': [] })
  expect(nowhere).toMatchObject({ state: 'bad', says: [expect.stringContaining('gone.example')] })
  expect(spf(['v=spf1 incldue:_spf.google.com ~all'])).toMatchObject({ state: 'bad' })
})

test('nobody answering is not the same as nothing being there', () => {
  expect(judgeSpf(google, { 'larkfield.example': null })).toMatchObject({ state: 'unknown' })
  expect(judgeSender(google, '', {})).toMatchObject({ spf: { state: 'unknown' }, dmarc: { state: 'unknown' } })
})

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64')
const [strong, short, weak] = [rsa(2048), rsa(1024), rsa(512)]
const dkim = (keys: string[], selector = 'google') =>
  judgeDkim({ ...google, selector }, { [`${selector}._domainkey.larkfield.example`]: keys })

test('a key is judged by what receivers do with it', () => {
  expect(dkim([`v=DKIM1; k=rsa; p=${strong}`])).toMatchObject({
    state: 'good',
    says: [expect.stringContaining('2048')],
  })
  expect(dkim([`p=${short}`])).toMatchObject({ state: 'good', says: [expect.stringContaining('next one')] })
  expect(dkim([`v=DKIM1; p=${weak}`])).toMatchObject({ state: 'bad', says: [expect.stringContaining('512')] })
  expect(dkim(['v=DKIM1; p='])).toMatchObject({ state: 'bad', says: [expect.stringContaining('withdrawn')] })
  expect(dkim(['v=DKIM1; p=bm90IGEga2V5'])).toMatchObject({ state: 'bad' })
  expect(dkim([`v=DKIM1; t=s:y; p=${strong}`])).toMatchObject({ state: 'warn' })
  expect(dkim([`v=DKIM2; p=${strong}`])).toMatchObject({ state: 'bad' })
  expect(dkim([`v=DKIM1; p=${strong}`, `v=DKIM1; p=${short}`])).toMatchObject({ state: 'bad' })
  expect(dkim([`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`]).state).toBe('good')
})

test('a key under a name that was typed is missing; one that nobody named is not known', () => {
  expect(dkim([])).toMatchObject({
    state: 'bad',
    wanted: { name: 'google._domainkey.larkfield.example' },
  })
  const nothing = { 'google._domainkey.larkfield.example': [], 'default._domainkey.larkfield.example': [] }
  expect(judgeDkim({ ...google, selector: '' }, nothing)).toMatchObject({ state: 'unknown' })
})

const good: Finding = { state: 'good', says: [], published: [] }
const bad: Finding = { ...good, state: 'bad' }
const dmarc = (records: string[], { spf = good, dkim = good, hasOwnReturnPath = false } = {}) =>
  judgeDmarc({ domain: 'larkfield.example', spf, dkim, hasOwnReturnPath }, { '_dmarc.larkfield.example': records })

test('DMARC: none is asked for, several are none, a policy is one of three', () => {
  expect(dmarc([])).toMatchObject({
    state: 'bad',
    wanted: { name: '_dmarc.larkfield.example', value: 'v=DMARC1; p=none' },
  })
  expect(dmarc(['v=DMARC1; p=none', 'v=DMARC1; p=reject'])).toMatchObject({ state: 'bad' })
  expect(dmarc(['v=DMARC1; p=maybe'])).toMatchObject({ state: 'bad' })
  expect(dmarc(['v=DMARC1; p=reject; rua=mailto:d@larkfield.example'])).toMatchObject({ state: 'good' })
})

test('p=none is tightened once mail passes, and keeps everything else it says', () => {
  const record = 'v=DMARC1; p=none; rua=mailto:d@larkfield.example'
  expect(dmarc([record])).toMatchObject({
    state: 'warn',
    wanted: { value: 'v=DMARC1; p=quarantine; rua=mailto:d@larkfield.example' },
  })
  expect(dmarc([record], { spf: bad, dkim: bad })).not.toHaveProperty('wanted')
})

test('a policy is no help when our own mail fails it, nor is SPF for another return address', () => {
  expect(dmarc(['v=DMARC1; p=reject'], { spf: bad, dkim: bad })).toMatchObject({ state: 'bad' })
  expect(dmarc(['v=DMARC1; p=reject'], { dkim: bad, hasOwnReturnPath: true })).toMatchObject({ state: 'bad' })
  expect(dmarc(['v=DMARC1; p=reject'], { dkim: bad }).state).toBe('good')
})

test('a domain above speaks for those below, with the policy it has for them', () => {
  expect(policyNames('mail.larkfield.example')).toEqual(['_dmarc.mail.larkfield.example', '_dmarc.larkfield.example'])
  const found = judgeDmarc(
    { domain: 'mail.larkfield.example', spf: good, dkim: good, hasOwnReturnPath: false },
    { '_dmarc.mail.larkfield.example': [], '_dmarc.larkfield.example': ['v=DMARC1; p=reject; sp=none'] },
  )
  expect(found).toMatchObject({ state: 'warn', published: [{ name: '_dmarc.larkfield.example' }] })
})

test('whatever a name server says, it is judged and nothing breaks', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string().map((rest) => `v=spf1 ${rest}`),
    fc.string().map((rest) => `v=DMARC1;${rest}`),
    fc.string().map((rest) => `v=DKIM1;p=${rest}`),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (records) => {
      const names = ['larkfield.example', '_dmarc.larkfield.example', 'k._domainkey.larkfield.example']
      const judged = judgeSender(google, 'k', Object.fromEntries(names.map((name) => [name, records])))
      for (const finding of Object.values(judged)) expect(finding.says.length).toBeGreaterThan(0)
    }),
  )
})
