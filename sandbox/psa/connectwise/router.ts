import { notFound, Refusal } from './refusal.ts'
import type { Route } from './routes.ts'

/** Finds the route of a path, in which numbers stand for ids. */
export function makeRouter(
  routes: readonly Route[],
): (method: string, path: string) => { route: Route; ids: [number, number] } {
  const byTemplate = new Map<string, Map<string, Route>>()
  for (const route of routes) {
    const methods = byTemplate.get(route.template.toLowerCase()) ?? new Map<string, Route>()
    for (const method of route.methods.split(' ')) methods.set(method, route)
    byTemplate.set(route.template.toLowerCase(), methods)
  }
  return (method, path) => {
    const segments = path.replace(/\/$/, '').split('/')
    const ids = segments.filter((segment) => /^\d+$/.test(segment)).map(Number)
    const template = segments.map((segment) => (/^\d+$/.test(segment) ? '#' : segment.toLowerCase())).join('/')
    const methods = byTemplate.get(template)
    if (methods === undefined) throw notFound()
    const route = methods.get(method)
    if (route === undefined) throw new Refusal(405, 'MethodNotAllowed', `${method} is not allowed here`)
    return { route, ids: [ids[0] ?? 0, ids[1] ?? 0] }
  }
}
