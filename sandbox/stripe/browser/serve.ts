import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Answer, Asked } from '../../kernel/service.ts'
import { cardMetadata } from './card-metadata.ts'

/** The parts of /stripe.js, each before those that use it. */
const hostParts = [
  'host/options.js',
  'host/listeners.js',
  'host/frame.js',
  'host/payment-element.js',
  'host/elements.js',
  'api.js',
  'host/dialog.js',
  'host/intents.js',
  'host/bank-dialog.js',
  'host/pad-dialog.js',
  'host/stripe.js',
]

/** Which folders stand behind which address; a name has no slash, so nothing outside them can be asked for. */
const folders: Record<string, string[]> = { elements: ['frame', '.'], '3ds': ['challenge'] }

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** A frame may run its own files and call its own origin; fonts and their style sheets are the page's to choose. */
const framePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' http: https:",
  'font-src http: https: data:',
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** What the browser half of the stand-in answers; undefined for every address that is not its own. */
export function browserAnswer(asked: Asked): Answer | undefined {
  if (asked.path === '/stripe.js') return onlyReading(asked, script(hostScript()))
  const [, area = '', name = '', ...deeper] = asked.path.split('/')
  const places = Object.hasOwn(folders, area) ? folders[area] : undefined
  if (places === undefined) return undefined
  if (area === 'elements' && name === 'card-metadata') {
    return onlyReading(asked, { status: 200, body: cardMetadata(asked.params.get('bin') ?? '') })
  }
  const found = find(places, pageFor(area, name, deeper) ?? (deeper.length === 0 ? name : ''))
  return onlyReading(asked, found ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' })
}

/** The two pages a payer is sent to by themselves: /3ds/<intent> and /elements/microdeposits/<client secret>. */
function pageFor(area: string, name: string, deeper: string[]): string | undefined {
  if (area === '3ds' && deeper.length === 0 && /^(pi|seti)_\w+$/.test(name)) return 'challenge.html'
  return area === 'elements' && name === 'microdeposits' && deeper.length === 1 ? 'microdeposits.html' : undefined
}

function onlyReading(asked: Asked, answer: Answer): Answer {
  if (asked.method === 'GET' || asked.method === 'HEAD') return answer
  return { status: 405, headers: { allow: 'GET, HEAD', 'content-type': 'text/plain' }, body: 'Method not allowed' }
}

function find(places: string[], name: string): Answer | undefined {
  const extension = /^[a-z0-9-]+\.(html|js|css|svg)$/.exec(name)?.[1]
  const type = extension === undefined ? undefined : types[extension]
  const file = places.map((place) => `${place}/${name}`).find((path) => existsSync(fileAt(path)))
  if (type === undefined || file === undefined) return undefined
  const policy =
    extension === 'html' ? { 'content-security-policy': framePolicy, 'referrer-policy': 'no-referrer' } : {}
  return {
    status: 200,
    headers: { ...shared, ...policy, 'content-type': type },
    body: readFileSync(fileAt(file), 'utf8'),
  }
}

const shared = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
}

function script(body: string): Answer {
  return { status: 200, headers: { ...shared, 'content-type': 'text/javascript; charset=utf-8' }, body }
}

/**
 * A page loads Stripe.js as one ordinary script, so that `window.Stripe` is there when it has run. The parts are written
 * as modules; here they share one function's scope instead of importing each other.
 */
function hostScript(): string {
  const parts = hostParts.map((path) =>
    readFileSync(fileAt(path), 'utf8')
      .replace(/^import [\s\S]*? from '.*'\n/gm, '')
      .replace(/^export /gm, ''),
  )
  return `;(() => {\n'use strict'\n${parts.join('\n')}\n})()\n`
}

function fileAt(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
