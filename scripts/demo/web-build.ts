import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the web process is made of; tests are not. */
const sources = ['app', 'components', 'lib', 'messages', 'public']
const settings = ['next.config.ts', 'proxy.ts', 'instrumentation.ts', 'package.json', 'package-lock.json']

/** Whether the folder holds a finished build of exactly these sources. */
export function isBuilt(folder: string): boolean {
  const stamp = join(folder, 'sources')
  return existsSync(stamp) && existsSync(join(folder, 'BUILD_ID')) && readFileSync(stamp, 'utf8') === hashOfSources()
}

/** Builds the web process into the folder. @throws Error with what the build said */
export async function buildWeb(folder: string): Promise<void> {
  const hash = hashOfSources()
  const build = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_DIST_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [build.stdout, build.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const [code] = (await once(build, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The web build failed:\n${said.slice(-4_000)}`)
  writeFileSync(join(folder, 'sources'), hash)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const take = (path: string) => hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  for (const folder of sources.filter((name) => existsSync(name)))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(folder, name)
      if (statSync(path).isFile() && !/\.test\.tsx?$/.test(name)) take(path)
    }
  for (const path of settings.filter((name) => existsSync(name))) take(path)
  return hash.digest('hex')
}
