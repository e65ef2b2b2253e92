// Plain JavaScript: it also runs on the machine's own Node, before anything is installed.

/** When the command was given, in ms since 1970: the script that a command begins with tells those it starts. */
const began = Number(process.env.COMMAND_BEGAN ?? Date.now())

export function beganAt() {
  return String(began)
}

/**
 * Runs one stage and prints a line for it, with its seconds. The work may tell how far it is.
 * @template Result
 * @param {string} title
 * @param {(tell: (how: string) => void) => Promise<Result> | Result} work
 * @returns {Promise<Result>}
 */
export async function stage(title, work) {
  const start = performance.now()
  let last = ''
  const tell = (/** @type {string} */ how) => {
    last = how
    overwrite(`    …    ${title}: ${how}`)
  }
  overwrite(`    …    ${title}`)
  try {
    const result = await work(tell)
    line('✓', start, last === '' ? title : `${title}: ${last}`)
    return result
  } catch (error) {
    line('✗', start, title)
    throw error
  }
}

/** @returns {string} the time since the command was given */
export function sinceStart() {
  return `${Math.round((Date.now() - began) / 1000)} s`
}

/** A remark between two stages. @param {string} text */
export function remark(text) {
  clear()
  console.log(`         ${text}`)
}

function line(/** @type {string} */ mark, /** @type {number} */ start, /** @type {string} */ text) {
  clear()
  console.log(`${seconds(start).padStart(7)} ${mark} ${text}`)
}

function overwrite(/** @type {string} */ text) {
  if (!process.stdout.isTTY) return
  clear()
  process.stdout.write(text.slice(0, (process.stdout.columns || 80) - 1))
}

function clear() {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K')
}

function seconds(/** @type {number} */ from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`
}
