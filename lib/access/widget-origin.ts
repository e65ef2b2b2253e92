/** Why a site is not put on the list, by what the person can do about it. */
export type OriginRefusal =
  | 'empty'
  | 'wildcard'
  | 'null'
  | 'no-address'
  | 'path'
  | 'user'
  | 'http'
  | 'scheme'
  | 'trailing-dot'
  | 'number'
  | 'too-long'

export type ReadOrigin = { ok: true; origin: string; host: string } | { ok: false; because: OriginRefusal }

const hostMax = 253

/**
 * What a person typed, as the origin a browser compares with: scheme, name, port, nothing else. Names in other scripts
 * come out in their technical form (xn--…), so that one that only looks like another is seen for what it is.
 * @param allowsLocal http on this very machine, for trials
 */
export function readOrigin(typed: string, { allowsLocal }: { allowsLocal: boolean }): ReadOrigin {
  const text = typed.trim()
  if (text === '') return refused('empty')
  if (text.includes('*')) return refused('wildcard')
  if (/^(null|about:|data:|blob:)/i.test(text)) return refused('null')
  // A bare name is meant with https; anything else is taken as it stands.
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (url === undefined || url.hostname === '' || /\s/.test(text)) return refused('no-address')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused('scheme')
  if (url.username !== '' || url.password !== '') return refused('user')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#]$/.test(text)) return refused('path')
  if (url.hostname.endsWith('.')) return refused('trailing-dot')
  if (url.hostname.length > hostMax) return refused('too-long')
  const isLocal = url.hostname === 'localhost' || url.hostname === '127.0.0.1'
  if (isLocal && allowsLocal) return { ok: true, origin: url.origin, host: url.host }
  if (url.protocol === 'http:') return refused('http')
  // An address in figures belongs to whoever rents it next; and this machine is nobody's site.
  if (isLocal || url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname)) return refused('number')
  if (!/^[a-z0-9.-]+$/.test(url.hostname)) return refused('no-address')
  return { ok: true, origin: url.origin, host: url.host }
}

function refused(because: OriginRefusal): ReadOrigin {
  return { ok: false, because }
}
