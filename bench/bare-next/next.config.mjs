import { resolve } from 'node:path'

/** The floor for pages: Next itself, with nothing of ours in it. */
export default {
  poweredByHeader: false,
  turbopack: { root: resolve(import.meta.dirname, '../..') },
  serverExternalPackages: ['pg'],
}
