// Plain JavaScript: it runs on the machine's own Node, before anything is installed.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stage } from './progress.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser on this machine: CHROMIUM_PATH, or where systems keep it. */
export function findChromium() {
  return [process.env.CHROMIUM_PATH ?? '', ...places].find((path) => path !== '' && existsSync(path))
}

/**
 * Installs Debian's own package where there is no browser: what Playwright would download is not needed.
 * Afterwards CHROMIUM_PATH says where it is.
 */
export async function installChromium() {
  if (findChromium() === undefined) await stage('Install Chromium', installFromDebian)
  process.env.CHROMIUM_PATH = findChromium()
}

function installFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error('No Chromium was found. Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']])
    execFileSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
}
