import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Crew } from '../../scripts/demo/crew.ts'
import { buildWeb, isBuilt } from '../../scripts/demo/web-build.ts'
import { freePort } from '../../scripts/ports.ts'

export type Web = { url: string; pid: number }

const next = 'node_modules/next/dist/bin/next'
const bare = 'bench/bare-next'
const run = promisify(execFile)

/** The product's web process on its production build, which is made if none of these very sources is there. */
export async function startProductWeb(crew: Crew, env: Record<string, string>): Promise<Web> {
  const built = ['.next', '.next-test'].find(isBuilt)
  const folder = built ?? '.next'
  if (built === undefined) await buildWeb(folder)
  return start(crew, 'web', '.', { ...env, NEXT_DIST_DIR: folder, CLOSELOOP_SERVICE: 'web', LOG_LEVEL: 'info' })
}

/** Next with three routes and nothing else: built in this run, with the same Next and React. */
export async function startBareNext(crew: Crew, env: Record<string, string>): Promise<Web> {
  await run(process.execPath, [next, 'build', bare], { env: { ...process.env, NODE_ENV: 'production' } })
  if (!existsSync(join(bare, '.next/BUILD_ID'))) throw new Error('the bare Next was not built')
  return start(crew, 'bare next', bare, env)
}

async function start(crew: Crew, name: string, folder: string, env: Record<string, string>): Promise<Web> {
  const port = await freePort()
  const child = crew.start(name, [next, 'start', folder, '--port', String(port), '--hostname', '127.0.0.1'], {
    ...process.env,
    ...env,
    NODE_ENV: 'production',
  })
  const url = `http://127.0.0.1:${port}`
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; ) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer !== undefined) return { url, pid: child.pid ?? 0 }
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${name} did not answer at ${url}`)
}
