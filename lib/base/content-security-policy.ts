/**
 * What a page may load: our own scripts by nonce, Stripe's from its hosts (Stripe, "Content Security Policy"), nothing
 * else. In sandbox mode the URLs are the stand-in's, and so are the hosts.
 */
export function contentSecurityPolicy(options: {
  nonce: string
  stripeJsUrl: string
  stripeApiUrl: string
  /** Where a form of ours may end up after a redirect. */
  formTargets: string[]
  /** The origins of pages that may frame this one, or `'self'`. */
  framers: readonly string[]
  /**
   * Whether strings become scripts and markup only through the page's own policy (instrumentation-client.ts). Not where
   * Stripe.js runs: it is Stripe's code, it changes without us, and what it makes of strings in the page around its frames
   * is for Stripe to say; a payment must not fail because it does so otherwise one day. A page of a client leads to one with
   * Stripe.js without another being loaded, so none of them asks.
   */
  hasTrustedTypes: boolean
  isDevelopment: boolean
}): string {
  const [js, api] = [new URL(options.stripeJsUrl).origin, new URL(options.stripeApiUrl).origin]
  const isReal = js === 'https://js.stripe.com'
  const scripts = isReal ? [js, 'https://*.js.stripe.com', 'https://maps.googleapis.com'] : [js]
  const frames = isReal ? [js, 'https://*.js.stripe.com', 'https://hooks.stripe.com'] : [js]
  const calls = isReal ? [api, 'https://maps.googleapis.com'] : [api, js]
  const { framers } = options
  const targets = options.formTargets.map((url) => new URL(url).origin)
  const development = options.isDevelopment ? ["'unsafe-eval'"] : []
  const rules: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${options.nonce}'`, "'strict-dynamic'", ...scripts, ...development],
    'style-src': ["'self'", `'nonce-${options.nonce}'`, ...(options.isDevelopment ? ["'unsafe-inline'"] : [])],
    // Positions of pop-overs and widths of bars are attributes; they run nothing.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...calls, ...(options.isDevelopment ? ['ws:'] : [])],
    // Our own: the console shows what a brand and the widget look like. Every other page of ours refuses to be framed.
    'frame-src': ["'self'", ...frames],
    'form-action': ["'self'", ...(isReal ? ['https://connect.stripe.com'] : []), ...targets],
    'base-uri': ["'none'"],
    'frame-ancestors': framers.length === 0 ? ["'none'"] : [...framers],
    'object-src': ["'none'"],
    'manifest-src': ["'self'"],
    ...(options.hasTrustedTypes && !options.isDevelopment
      ? { 'require-trusted-types-for': ["'script'"], 'trusted-types': ['default'] }
      : {}),
  }
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${[...new Set(values)].join(' ')}`)
    .join('; ')
}
