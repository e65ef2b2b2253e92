/**
 * One call to the API as the browser library makes it: publishable key, form-encoded, every failure an `error` value.
 * `client` is {home, key, account, version, locale}. Answers the object, or {error}.
 */
export async function callStripe(client, method, path, params = {}) {
  const form = encodeForm(params)
  const query = method === 'GET' && `${form}` !== '' ? `?${form}` : ''
  try {
    const response = await fetch(`${client.home}${path}${query}`, {
      method,
      headers: headersOf(client),
      ...(method === 'GET' ? {} : { body: form }),
    })
    return await response.json()
  } catch {
    return { error: { type: 'api_connection_error', message: connectionMessage } }
  }
}

const connectionMessage = 'We could not reach Stripe. Check your connection and try again.'

function headersOf(client) {
  return {
    Authorization: `Bearer ${client.key}`,
    'Stripe-Version': client.version,
    ...(client.account === undefined ? {} : { 'Stripe-Account': client.account }),
  }
}

/** Nested objects as a[b]=c, arrays as a[0]=b, null as empty; what is undefined is not sent. */
export function encodeForm(params) {
  const form = new URLSearchParams()
  const add = (name, value) => {
    if (value === undefined) return
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner)
    } else {
      form.append(name, value === null ? '' : String(value))
    }
  }
  for (const [name, value] of Object.entries(params)) add(name, value)
  return form
}

/** Two levels of parameters laid over each other; the second wins, as what a page passes wins over what was typed. */
export function mergeDeep(under, over) {
  if (!isPlain(under) || !isPlain(over)) return over === undefined ? under : over
  const names = new Set([...Object.keys(under), ...Object.keys(over)])
  return Object.fromEntries([...names].map((name) => [name, mergeDeep(under[name], over[name])]))
}

function isPlain(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
