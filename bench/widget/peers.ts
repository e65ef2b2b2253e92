import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** Where the peers are kept: they are measured, not used, and weigh a hundred megabytes. */
const folder = resolve('.data/bench/widget-peers')
const versions = { '@juspay-tech/hyper-js': '2.1.0', '@adyen/adyen-web': '6.45.2' }

/** Fetches what the widget is measured against, once. */
export function fetchPeers(): void {
  if (Object.keys(versions).every((name) => existsSync(join(folder, 'node_modules', name)))) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`)
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], {
    cwd: folder,
    stdio: 'pipe',
  })
}

/** What a page that uses this much of a peer would load: bundled and minified as ours is. */
export async function bundleOf(code: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: existsSync(folder) ? folder : resolve('.') },
    nodePaths: [resolve('node_modules')],
    ...{ bundle: true, minify: true, write: false, format: 'iife', legalComments: 'none', logLevel: 'error' },
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [only] = outputFiles
  if (only === undefined) throw new Error('Nothing was bundled')
  return only.contents
}
