import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Routes = z.record(z.string(), z.string())
const Actions = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

/** Every address of the product, as its build lists them: `page` answers a browser, `route` anybody. */
export function builtRoutes(): { address: string; kind: 'page' | 'route' }[] {
  return Object.entries(Routes.parse(read('app-path-routes-manifest.json')))
    .map(([file, address]) => ({ address, kind: file.endsWith('/route') ? ('route' as const) : ('page' as const) }))
    .filter(({ address }) => !address.startsWith('/_')) // Next's own
    .toSorted((a, b) => a.address.localeCompare(b.address))
}

/** Every server action, by the id under which anybody can call it. `name` is its file and its function. */
export function builtActions(): { id: string; name: string }[] {
  return Object.entries(Actions.parse(read('server/server-reference-manifest.json')).node)
    .map(([id, { filename, exportedName }]) => ({ id, name: `${filename.replace(/^app\//, '')} ${exportedName}` }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** The folder `npm test` builds into, unless told otherwise. */
function read(file: string): unknown {
  const path = join(resolve(process.env.E2E_BUILD ?? '.next-test'), file)
  if (!existsSync(path)) throw new Error(`There is no build at ${path}`)
  return JSON.parse(readFileSync(path, 'utf8'))
}
