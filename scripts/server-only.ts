import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * Outside Next, `server-only` throws by design. To the worker and the operator's tools it means what it means to Next's
 * server: nothing. Loaded beside tsx, which reads the types and the `@/` paths.
 */
const empty = pathToFileURL('node_modules/server-only/empty.js').href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'server-only' ? { url: empty, format: 'commonjs', shortCircuit: true } : next(specifier, context),
})
