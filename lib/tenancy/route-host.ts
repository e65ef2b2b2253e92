/** Where a request goes, by the host it names. */
export type HostRoute = { to: 'here' } | { to: 'nowhere' } | { to: 'path'; path: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The name in a `Host` header, without its port. */
export function hostNameOf(header: string | null): string {
  return (header ?? '').toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
}

/** Whether a name is this installation’s own; on a machine of one’s own its several names are one. */
export function isOurs(name: string, ours: string): boolean {
  return name === ours || (loopback.has(name) && loopback.has(ours))
}

/** What is shown on every host: it carries data of nobody. */
const forEverybody = /^\/fonts\//
/** What is shown on our own host alone. `/m/` is: a tenant's host shows one tenant. */
const onOursOnly = /^\/(m|console|api|embed|brand-preview)(\/|$)/

/** On a tenant's own host the tenant's pages begin at the root; nothing of anybody else is there. */
export function routeOnTenantHost(path: string, slug: string): HostRoute {
  const root = `/m/${slug}`
  if (forEverybody.test(path) || path === root || path.startsWith(`${root}/`)) return { to: 'here' }
  if (onOursOnly.test(path)) return { to: 'nowhere' }
  return { to: 'path', path: path === '/' ? root : `${root}${path}` }
}
