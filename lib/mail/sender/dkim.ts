import { createPublicKey } from 'node:crypto'
import { type Finding, readTags, type TxtAnswers, unanswered } from './records'
import type { Relay } from './relay'

/** Where servers of whatever make keep their keys when nobody chose otherwise. */
const usual = ['default', 'mail', 'dkim', 'selector1', 'selector2', 's1', 's2', 'k1', 'google']

/** What a selector may be: labels of a name (RFC 6376, 3.1). */
export function isSelector(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text)
}

export function keyName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`
}

/** Where keys are looked for: where the reader says, else where they usually stand. */
export function selectorsFor(selector: string, relay: Relay | undefined): string[] {
  return selector === '' ? [...new Set([...(relay?.selectors ?? []), ...usual])] : [selector]
}

type Signing = { domain: string; selector: string; relay: Relay | undefined }

/** Whether the key stands there with which receivers check the signature under our mail. */
export function judgeDkim({ domain, selector, relay }: Signing, answers: TxtAnswers): Finding {
  const names = selectorsFor(selector, relay).map((one) => keyName(one, domain))
  if (names.every((name) => answers[name] === undefined || answers[name] === null)) return unanswered
  const found = names.flatMap((name) => {
    const keys = (answers[name] ?? []).filter(isKey)
    return keys.length === 0 ? [] : [{ name, keys }]
  })
  if (found.length === 0) return missing(domain, selector)
  const judged = found.map(({ name, keys }) => judgeKeys(name, keys))
  const best = judged.find(({ state }) => state === 'good') ?? judged.find(({ state }) => state === 'warn')
  return {
    state: best?.state ?? 'bad',
    says: judged.map(({ says }) => says),
    published: found.flatMap(({ name, keys }) => keys.map((value) => ({ name, value }))),
  }
}

function isKey(record: string): boolean {
  return readTags(record)?.has('p') === true
}

function missing(domain: string, selector: string): Finding {
  const value = 'v=DKIM1; k=rsa; p=(the public key your mail server shows)'
  return selector === ''
    ? {
        state: 'unknown',
        says: [
          'No key where keys usually stand. Type the selector that your mail server signs with; it is shown beside the key there.',
        ],
        published: [],
      }
    : {
        state: 'bad',
        says: [`No key at ${keyName(selector, domain)}: receivers cannot check the signature.`],
        published: [],
        wanted: { name: keyName(selector, domain), value },
      }
}

function judgeKeys(name: string, keys: string[]): { state: Finding['state']; says: string } {
  const [key, second] = keys
  if (key === undefined || second !== undefined)
    return { state: 'bad', says: `Several keys at ${name}: receivers do not know which one holds.` }
  const tags = readTags(key) ?? new Map<string, string>()
  if (tags.has('v') && tags.get('v') !== 'DKIM1')
    return { state: 'bad', says: `The record at ${name} begins with a version that receivers do not know.` }
  const bits = bitsOf(tags.get('k') ?? 'rsa', (tags.get('p') ?? '').replace(/\s/g, ''))
  if (bits === 'withdrawn')
    return { state: 'bad', says: `The key at ${name} was withdrawn: what is signed with it fails.` }
  if (bits === undefined) return { state: 'bad', says: `What stands at ${name} is not a key that receivers can read.` }
  if (bits !== 'ed25519' && bits < 1024)
    return { state: 'bad', says: `The key at ${name} has ${bits} bits. Receivers want 1024 at least, and better 2048.` }
  if (tags.get('t')?.split(':').includes('y') === true)
    return { state: 'warn', says: `The key at ${name} is marked as a test: receivers treat the mail as unsigned.` }
  const size = bits === 'ed25519' ? 'an Ed25519 key' : `a key of ${bits} bits`
  return bits !== 'ed25519' && bits < 2048
    ? { state: 'good', says: `There is ${size} at ${name}. It holds; the next one should have 2048.` }
    : { state: 'good', says: `There is ${size} at ${name}.` }
}

/** The length of an RSA key; undefined for what is none (RFC 6376, 3.6.1; RFC 8463 for Ed25519). */
function bitsOf(kind: string, key: string): number | 'ed25519' | 'withdrawn' | undefined {
  if (key === '') return 'withdrawn'
  const bytes = Buffer.from(key, 'base64')
  if (kind === 'ed25519') return bytes.length === 32 ? 'ed25519' : undefined
  if (kind !== 'rsa') return undefined
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength
  } catch {
    return undefined
  }
}
