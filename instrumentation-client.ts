/**
 * What strings a page may make scripts or markup of, where the content policy asks (lib/base/content-security-policy.ts):
 * the addresses of our own chunks and of the widget's loader, which the console shows at work, and the empty script React
 * begins one with. Anything else is refused and reported. It stands here because Next runs this file before any code that
 * loads more.
 */
const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }

type PolicyFactory = {
  createPolicy: (
    name: string,
    rules: { createHTML: (html: string) => string | null; createScriptURL: (url: string) => string | null },
  ) => unknown
}

trustedTypes?.createPolicy('default', {
  createHTML: (html) => (html === '<script></script>' ? html : null),
  createScriptURL: (url) => {
    const { origin, pathname } = new URL(url, location.href)
    const isOurs = pathname.startsWith('/_next/static/') || pathname === '/embed/v1.js'
    return origin === location.origin && isOurs ? url : null
  },
})
