import { isIP } from 'node:net'
import { type Finding, type TxtAnswers, type TxtRecord, unanswered } from './records'
import type { Relay } from './relay'

/** One term of a record: `include:example.com`, `-all`, `redirect=example.com`. */
type Term = { sign: string; name: string; value: string }

/** Receivers give up on a record that makes them ask more often than this (RFC 7208, 4.6.4). */
const lookUpsMax = 10
const asking = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect'])
const known = new Set([...asking, 'all', 'ip4', 'ip6', 'exp'])

function isSpf(record: string): boolean {
  return /^v=spf1( |$)/i.test(record)
}

/** Every term up to `all`: receivers read no further. Undefined when one of them is no term at all. */
function readSpf(record: string): Term[] | undefined {
  const terms: Term[] = []
  for (const text of record.split(/ +/).slice(1)) {
    if (text === '') continue
    const [, sign = '', name = '', value = ''] = /^([+\-~?]?)([a-z][a-z0-9_.-]*)(?:[:=/](.*))?$/i.exec(text) ?? []
    if (name === '') return undefined
    const isModifier = /^[a-z][a-z0-9_.-]*=/i.test(text)
    if (!isModifier && !known.has(name.toLowerCase())) return undefined
    terms.push({ sign: sign || '+', name: name.toLowerCase(), value: value.toLowerCase().replace(/\.$/, '') })
  }
  const all = terms.findIndex(({ name }) => name === 'all')
  return all < 0 ? terms : terms.slice(0, all + 1)
}

/** What a record leads to. */
export type SpfReach = {
  lookUps: number
  includes: Set<string>
  /** Names it leads to that say nothing, say two things, or lead back to themselves. */
  broken: Set<string>
  /** Names that have to be asked before this is complete. */
  unasked: Set<string>
}

/** Follows what a domain's record includes, as a receiver would, through what was answered so far. */
export function reachOf(domain: string, answers: TxtAnswers): SpfReach {
  const reach: SpfReach = { lookUps: 0, includes: new Set(), broken: new Set(), unasked: new Set() }
  follow(domain, answers, [], reach)
  return reach
}

function follow(name: string, answers: TxtAnswers, path: string[], reach: SpfReach): void {
  const answer = answers[name]
  if (answer === undefined) return void reach.unasked.add(name)
  if (answer === null) return
  const [record, second] = answer.filter(isSpf)
  const terms = record === undefined ? undefined : readSpf(record)
  if (terms === undefined || second !== undefined || path.includes(name)) return void reach.broken.add(name)
  const endsInAll = terms.some((term) => term.name === 'all')
  for (const term of terms) {
    // Beside `all`, a redirect is not followed.
    if (!asking.has(term.name) || (term.name === 'redirect' && endsInAll)) continue
    reach.lookUps += 1
    const leadsOn = term.name === 'include' || term.name === 'redirect'
    // Far beyond the limit nothing more is learned; a macro is known only to whoever receives a mail.
    if (!leadsOn || reach.lookUps > 2 * lookUpsMax || term.value.includes('%')) continue
    reach.includes.add(term.value)
    follow(term.value, answers, [...path, name], reach)
  }
}

type Sending = { domain: string; relay: Relay | undefined; host: string }

/** Whether the domain says that its mail may come from where ours leaves, in one record that receivers can read. */
export function judgeSpf({ domain, relay, host }: Sending, answers: TxtAnswers): Finding {
  const answer = answers[domain]
  if (answer === undefined || answer === null) return unanswered
  const records = answer.filter(isSpf)
  const published: TxtRecord[] = records.map((value) => ({ name: domain, value }))
  const sender = relay === undefined ? termFor(host) : `include:${relay.include}`
  const ask = (state: Finding['state'], says: string[], value: string): Finding => ({
    ...{ state, says, published },
    wanted: { name: domain, value },
  })
  const askTheirs =
    relay === undefined ? [`Whoever runs ${host} says which entry its servers need; ours takes it by its name.`] : []

  const [record] = records
  if (record === undefined)
    return ask(
      relay?.hasOwnReturnPath === true ? 'warn' : 'bad',
      ['No SPF record: the domain does not say which servers may send its mail.', ...askTheirs],
      `v=spf1 ${sender} ~all`,
    )
  if (records.length > 1)
    return ask(
      'bad',
      [`${records.length} SPF records. Only one may stand there: with several, receivers read none.`],
      merged(records, sender),
    )
  const terms = readSpf(record)
  if (terms === undefined)
    return { state: 'bad', says: ['Receivers cannot read this record: one of its parts is not SPF.'], published }

  const reach = reachOf(domain, answers)
  const says: string[] = []
  const all = terms.find(({ name }) => name === 'all')
  const isOpen = all?.sign === '+'
  if (isOpen) says.push('It ends in +all: anybody may send in the name of the domain.')
  if (all?.sign === '?' || (all === undefined && !terms.some(({ name }) => name === 'redirect')))
    says.push('It does not say what becomes of mail from elsewhere. End it in ~all.')
  const isWeak = says.length > 0
  const isMissing = relay !== undefined && !reach.includes.has(relay.include)
  if (isMissing)
    says.push(
      relay.hasOwnReturnPath
        ? `It does not include ${relay.include}. ${relay.name} uses a return address of its own, so receivers go by DKIM here.`
        : `It does not include ${relay.include}: mail through ${relay.name} fails the check.`,
    )
  for (const name of reach.broken)
    says.push(`It leads to ${name}, which has no single SPF record. Receivers take that as an error.`)
  const isTooLong = reach.lookUps > lookUpsMax
  if (isTooLong)
    says.push(
      `It makes receivers ask more than ${lookUpsMax} times. They stop there and fail the mail: take out what is no longer used.`,
    )
  if (says.length === 0)
    says.push(
      relay === undefined
        ? `It can be read. Whether it lets ${host} send, whoever runs that server can tell.`
        : `It lets ${relay.name} send, with ${reach.lookUps} of ${lookUpsMax} questions.`,
    )
  const isBad = isOpen || reach.broken.size > 0 || isTooLong || (isMissing && !relay.hasOwnReturnPath)
  const state = isBad ? 'bad' : isWeak || isMissing ? 'warn' : 'good'
  return isWeak || isMissing
    ? ask(state, says, mended(record, isMissing ? sender : undefined))
    : { state, says, published }
}

/** How a record names a mail server: by its number, by its name, or, where it has none outside, as the domain's own. */
function termFor(host: string): string {
  const family = isIP(host.replace(/^\[|\]$/g, ''))
  if (family !== 0) return `ip${family}:${host.replace(/^\[|\]$/g, '')}`
  return host.includes('.') ? `a:${host}` : 'mx'
}

/** The record with one more sender before its end, and an end that means something. */
function mended(record: string, sender: string | undefined): string {
  const parts = record.split(/ +/).filter((part) => part !== '')
  const at = parts.findIndex((part) => /^[+\-~?]?all$/i.test(part))
  const kept = at < 0 ? parts : parts.slice(0, at)
  const end = at < 0 ? '' : (parts[at] ?? '')
  const redirects = kept.some((part) => /^redirect=/i.test(part))
  const ending = /^[-~]all$/i.test(end) ? [end.toLowerCase()] : redirects ? [] : ['~all']
  return [...kept.slice(0, 1), ...(sender === undefined ? [] : [sender]), ...kept.slice(1), ...ending].join(' ')
}

/** One record with all that several say. */
function merged(records: string[], sender: string): string {
  const terms = records.flatMap((record) => record.split(/ +/).slice(1))
  const senders = terms.filter((term) => term !== '' && !/^([+\-~?]?all|redirect=.*)$/i.test(term))
  return ['v=spf1', ...new Set([sender, ...senders]), '~all'].join(' ')
}
