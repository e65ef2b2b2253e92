import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWidget, isWidgetBuilt, isWidgetFile } from '../widget/build-widget.ts'

/** What the web process is made of; tests are not. */
const sources = ['app', 'components', 'lib', 'messages', 'public', 'scripts/style', 'scripts/widget']
const settings = ['next.config.ts', 'proxy.ts', 'instrumentation.ts', 'package.json', 'package-lock.json']

/** Whether the folder holds a finished build of exactly these sources, and public/ the widget. */
export function isBuilt(folder: string): boolean {
  const stamp = join(folder, 'sources')
  return (
    isWidgetBuilt() &&
    existsSync(stamp) &&
    existsSync(join(folder, 'BUILD_ID')) &&
    readFileSync(stamp, 'utf8') === hashOfSources()
  )
}

/**
 * Builds the web process into the folder. A build that fails is made once more from nothing: what a killed one has left
 * in the folder can be the reason.
 * @throws Error with what the build said
 */
export async function buildWeb(folder: string): Promise<void> {
  const hash = hashOfSources()
  try {
    await build(folder)
  } catch {
    rmSync(folder, { recursive: true, force: true })
    await build(folder)
  }
  writeFileSync(join(folder, 'sources'), hash)
}

async function build(folder: string): Promise<void> {
  await buildWidget()
  const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_DIST_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [next.stdout, next.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const [code] = (await once(next, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The web build failed:\n${said.slice(-4_000)}`)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const take = (path: string) => hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  for (const folder of sources.filter((name) => existsSync(name)))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(folder, name)
      if (statSync(path).isFile() && !/\.test\.tsx?$/.test(name) && !isWidgetFile(path)) take(path)
    }
  for (const path of settings.filter((name) => existsSync(name))) take(path)
  return hash.digest('hex')
}
