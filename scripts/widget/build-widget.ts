import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { buildStyle } from '../style/build-style.ts'
import { leanStripe } from './lean-stripe.ts'

const root = resolve(import.meta.dirname, '../..')
const widgetFolder = 'public/embed'

/** The browsers of `browserslist` in package.json, by esbuild's names. */
const target = ['chrome123', 'edge123', 'firefox120', 'safari17.5']

/**
 * Builds what other people's pages load: the loader, and the frame's one script and one style. The frame is not a page of
 * Next's: without its runtime, and with preact in React's place, the whole weighs a fifth.
 *
 * The frame's files carry their content in their name, so that a browser may keep them for good; frame.json says which
 * ones are current. The loader's address is written on other people's sites and never changes.
 */
export async function buildWidget(): Promise<void> {
  const folder = join(root, widgetFolder)
  mkdirSync(folder, { recursive: true })
  const [loader, script, style] = await Promise.all([
    buildLoader(),
    buildScript(),
    buildStyle(join(root, 'components/embed/frame.css')),
  ])
  writeFileSync(join(folder, 'v1.js'), loader)
  const name = (content: string, ending: string) =>
    `frame-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${ending}`
  const files = { script: name(script, 'js'), style: name(style, 'css') }
  writeFileSync(join(folder, files.script), script)
  writeFileSync(join(folder, files.style), style)
  const addresses = { script: `/embed/${files.script}`, style: `/embed/${files.style}` }
  writeFileSync(join(folder, 'frame.json'), `${JSON.stringify(addresses)}\n`)
  // Only now: a process that runs from here goes on finding what it has named.
  const current = ['v1.js', 'frame.json', files.script, files.style]
  for (const old of readdirSync(folder).filter((each) => !current.includes(each))) rmSync(join(folder, old))
}

export function isWidgetBuilt(): boolean {
  return existsSync(join(root, widgetFolder, 'frame.json'))
}

/** Whether this was made here, and is no source. */
export function isWidgetFile(path: string): boolean {
  return path.startsWith(`${widgetFolder}/`)
}

async function buildLoader(): Promise<string> {
  return bundle(join(root, 'components/embed/v1.ts'), 'iife')
}

async function buildScript(): Promise<string> {
  return bundle(join(root, 'components/embed/frame-main.tsx'), 'esm')
}

async function bundle(entry: string, format: 'iife' | 'esm'): Promise<string> {
  const { resolve: find } = createRequire(join(root, 'package.json'))
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], absWorkingDir: root, format, target, bundle: true, minify: true, write: false },
    ...{ jsx: 'automatic', legalComments: 'none', charset: 'utf8', logLevel: 'error' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [leanStripe],
    // The components are written for React, and run on preact here.
    alias: {
      react: find('preact/compat'),
      'react-dom': find('preact/compat'),
      'react-dom/client': find('preact/compat/client'),
      'react/jsx-runtime': find('preact/jsx-runtime'),
    },
  })
  const [only] = outputFiles
  if (only === undefined) throw new Error(`Nothing was built of ${entry}`)
  return only.text
}
