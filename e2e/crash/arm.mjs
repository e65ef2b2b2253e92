// Loaded with --import before web or worker: it arms the product's fault points. The product knows nothing of it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'

const folder = process.env.CRASH_FOLDER
const start = Number(process.env.CRASH_START ?? 0)
if (folder === undefined) throw new Error('CRASH_FOLDER is not set')

// One that is killed never gets to keep what it has compiled; the next one starts the sooner for it.
if (start < 9) setTimeout(flushCompileCache, 3_000).unref()

/** @typedef {{ mode: 'calm' } | { mode: 'random', seed: number, killRate: number, waitRate: number } | { mode: 'first' }} Plan */

const known = new Set(linesOf('hits'))
/** @type {() => number} */
let random = Math.random
let seeded = Number.NaN

/** @type {Record<symbol, unknown>} */ globalThis[Symbol.for('closeloop.fault-point')] = (
  /** @type {string} */ name,
) => {
  note(name)
  const plan = readPlan()
  switch (plan.mode) {
    case 'calm':
      return
    case 'first':
      if (!linesOf('kills').includes(name)) die(name)
      return
    case 'random': {
      if (seeded !== plan.seed) {
        seeded = plan.seed
        random = mulberry32(plan.seed * 1_000 + start)
      }
      if (random() < plan.killRate) die(name)
      if (random() < plan.waitRate) return new Promise((done) => setTimeout(done, random() * 80))
      return
    }
  }
}

/** No more is said, written or sent: what is not committed or on the wire by now never was. */
function die(/** @type {string} */ name) {
  appendFileSync(join(folder, 'kills'), `${name}\n`)
  process.kill(process.pid, 'SIGKILL')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000)
}

function note(/** @type {string} */ name) {
  if (known.has(name)) return
  known.add(name)
  appendFileSync(join(folder, 'hits'), `${name}\n`)
}

/** @returns {Plan} */
function readPlan() {
  const file = join(folder, 'plan.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { mode: 'calm' }
}

/** @returns {string[]} */
function linesOf(/** @type {string} */ name) {
  const file = join(folder, name)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}

function mulberry32(/** @type {number} */ seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
