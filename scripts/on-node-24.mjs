// Plain JavaScript: it runs on the machine's own Node 20 or newer, before anything is installed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beganAt, stage } from './progress.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node24 = join(root, 'node_modules/.bin/node')

/** Installs the packages of the lockfile, unless they are all there. */
export async function installPackages() {
  process.chdir(root)
  if (isInstalled()) return
  await stage('Install packages', async () => {
    const npm = spawn('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Prisma's command line is not used; its download would fail where its host is closed.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', NEXT_TELEMETRY_DISABLED: '1' },
    })
    const [code] = await once(npm, 'exit')
    if (code !== 0) throw new Error(`npm ci ended with ${code}`)
  })
}

/** Whether npm's own record of what it installed agrees with the lockfile. */
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record) || !existsSync(node24)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
  return wanted.every(([path, { version, optional }]) => {
    const here = installed[path]
    return path === '' || (here === undefined ? optional === true : here.version === version)
  })
}

/**
 * Runs a script of ours under the Node that came with the packages. It gets a process group of its own: signals reach
 * it once, through us, and whatever it leaves behind is ended with it.
 * @param {string} script
 * @param {string[]} args
 */
export async function runOnNode24(script, args) {
  const flags = ['--import', 'tsx', '--import', './scripts/server-only.ts']
  const child = spawn(node24, [...flags, script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: {
      ...process.env,
      PATH: `${dirname(node24)}:${process.env.PATH}`,
      NEXT_TELEMETRY_DISABLED: '1',
      COMMAND_BEGAN: beganAt(),
    },
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  const watch = setInterval(stopWithoutParent(child, process.ppid), 500)
  const [code] = await once(child, 'exit')
  clearInterval(watch)
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody was left, as it should be.
  }
  process.exitCode = code ?? 1
}

/** Under npm, the end of npm is the end of us, even when it had no time to say so. */
function stopWithoutParent(
  /** @type {import('node:child_process').ChildProcess} */ child,
  /** @type {number} */ parent,
) {
  return () => {
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) child.kill('SIGTERM')
  }
}
