import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Answer } from '../kernel/service.ts'

const require = createRequire(import.meta.url)
const inter = '@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2'

const files: Record<string, { type: string; read: () => Buffer }> = {
  'tokens.css': { type: 'text/css; charset=utf-8', read: () => here('tokens.css') },
  'icons.css': { type: 'text/css; charset=utf-8', read: () => here('icons.css') },
  'page.css': { type: 'text/css; charset=utf-8', read: () => here('page.css') },
  'page.js': { type: 'text/javascript; charset=utf-8', read: () => here('page.js') },
  'inter.woff2': { type: 'font/woff2', read: () => readFileSync(require.resolve(inter)) },
}

/** Styles, script and font of the sandbox's own pages, under `/_assets/`. */
export function answerAsset(path: string): Answer | undefined {
  const file = path.startsWith('/_assets/') ? files[path.slice('/_assets/'.length)] : undefined
  if (file === undefined) return undefined
  return { status: 200, headers: { 'content-type': file.type, 'cache-control': 'no-cache' }, body: file.read() }
}

function here(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url))
}
