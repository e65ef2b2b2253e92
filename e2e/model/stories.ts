import fc from 'fast-check'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sealJournal } from '@/lib/ledger/seal-journal'
import { checkInvariants } from '@/lib/reports/invariants'
import { startTestStripe, type TestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { commands, ran } from './commands.ts'
import { dayMs, Practice } from './practice.ts'
import { ReferenceBooks } from './reference-books.ts'
import { compare, hearEverything } from './steps.ts'

/**
 * `MODEL_SEED=… MODEL_PATH=… MODEL_REPLAY=…` (seed, path and replayPath of a failure) tells one story again;
 * `MODEL_RUNS=5000` tells many more.
 */
const { MODEL_RUNS, MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env
const isByHand = MODEL_RUNS !== undefined || MODEL_PATH !== undefined
const timeLimitMs = MODEL_RUNS === undefined ? 600_000 : 3_600_000
// The gate tells the same stories every time; by hand, each run tells new ones.
const gateSeed = isByHand ? undefined : 20_261_120
const seed = MODEL_SEED === undefined ? gateSeed : Number(MODEL_SEED)
const replay = MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY }

/** What a test that tells stories may take. */
export const storiesTimeoutMs = timeLimitMs + 60_000

/**
 * Tells so many of the stories, from the given one on: the clock is one for all, so they are told one after the other,
 * and what is to be told at the same time is told by different files.
 * @returns how many commands ran; by hand, when nobody counts them, undefined
 * @throws Error with the shortest story found in which something does not add up
 */
export async function tellStories(from: number, count: number): Promise<number | undefined> {
  const stripe = await startTestStripe()
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
  windClock(stripe.clock.now().getTime() - Date.now())
  const path = isByHand ? MODEL_PATH : String(from)
  try {
    await fc.assert(storyOn(stripe), {
      numRuns: Number(MODEL_RUNS ?? count),
      // A failure is told in time, even if its story is not yet the shortest.
      interruptAfterTimeLimit: timeLimitMs,
      ...(seed === undefined ? {} : { seed }),
      ...(path === undefined ? {} : { path }),
      endOnFailure: MODEL_PATH !== undefined,
    })
  } finally {
    await stripe.close()
  }
  return isByHand ? undefined : ran.commands
}

function storyOn(stripe: TestStripe) {
  let stories = 0
  return fc.asyncProperty(fc.commands(commands, { maxCommands: 200, size: 'max', ...replay }), async (told) => {
    stories += 1
    stripe.service.faults.clear()
    const practice = await Practice.open(stripe, `msp-${stories}`)
    const books = new ReferenceBooks()
    await fc.asyncModelRun(() => ({ model: books, real: practice }), told)
    await settleAll(books, practice)
  })
}

/** Two weeks of calm: nothing is under way any more, and every promise must hold, against Stripe's own log too. */
async function settleAll(books: ReferenceBooks, practice: Practice): Promise<void> {
  for (let week = 0; week < 2; week++) {
    await practice.wind(7 * dayMs)
    await practice.round()
    await practice.settle()
  }
  await hearEverything(books, practice)
  await compare(books, practice)
  await withTenant(practice.tenantId, sealJournal)
  const violations = await checkInvariants(practice.tenantId, await practice.outside())
  if (violations.length > 0) throw new Error(`The books are broken: ${JSON.stringify(violations, null, 2)}`)
}
