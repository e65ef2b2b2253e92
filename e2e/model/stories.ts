import fc from 'fast-check'
import { windClock } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { sealJournal } from '@/lib/ledger/seal-journal'
import { checkInvariants } from '@/lib/reports/invariants'
import { startTestStripe, type TestStripe } from '../../sandbox/stripe/test-stripe.ts'
import { commands, ran } from './commands.ts'
import { dayMs, Practice } from './practice.ts'
import { ReferenceBooks } from './reference-books.ts'
import { compareAll, hearEverything } from './steps.ts'

/**
 * How stories are told. Long ones let much happen to the same invoices; of short ones, which begin with two bills, there
 * can be thousands. `together` of them are told of different clients of one MSP before there is calm and everything is
 * added up.
 */
type Kind = { commands: number; together: number; billsFirst: boolean }
export const long: Kind = { commands: 200, together: 1, billsFirst: false }
export const short: Kind = { commands: 8, together: 20, billsFirst: true }

/**
 * `MODEL_SEED=… MODEL_PATH=… MODEL_REPLAY=…` (seed, path and replayPath of a failure) tells one story again;
 * `MODEL_RUNS=5000` tells many more.
 */
const { MODEL_RUNS, MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env
const isByHand = MODEL_RUNS !== undefined || MODEL_PATH !== undefined
const timeLimitMs = MODEL_RUNS === undefined ? 1_800_000 : 3_600_000
// The gate tells the same stories every time; by hand, each run tells new ones.
const gateSeed = isByHand ? undefined : 20_261_120
const seed = MODEL_SEED === undefined ? gateSeed : Number(MODEL_SEED)
const replay = MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY }

/** What a test that tells stories may take. */
export const storiesTimeoutMs = timeLimitMs + 60_000

/**
 * Tells so many stories: the clock is one for all, so they are told one after the other, and what is to be told at the
 * same time is told by different files.
 * @returns how many were told, and how many commands ran; by hand, when nobody counts them, undefined
 * @throws Error with the shortest story found in which something does not add up
 */
export async function tellStories(
  kind: Kind,
  count: number,
): Promise<{ stories: number; commands: number } | undefined> {
  const stripe = await startTestStripe()
  process.env.STRIPE_API_URL = stripe.service.url
  process.env.STRIPE_SECRET_KEY = stripe.service.credentials.platform.secretKey
  process.env.SANDBOX_CLOCK_URL = 'http://127.0.0.1:1'
  windClock(stripe.clock.now().getTime() - Date.now())
  const tellers = new Tellers(stripe, kind)
  try {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: kind.commands, size: 'max', ...replay }), (story) =>
        tellers.tell(story),
      ),
      {
        numRuns: Number(MODEL_RUNS ?? count),
        // A failure is told in time, even if its story is not yet the shortest.
        interruptAfterTimeLimit: timeLimitMs,
        ...(seed === undefined ? {} : { seed }),
        ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
        endOnFailure: MODEL_PATH !== undefined,
      },
    )
    await tellers.settle()
  } finally {
    await stripe.close()
  }
  return isByHand ? undefined : { stories: tellers.told, commands: ran.commands }
}

/** Has the MSPs of whom stories are told, one after the other. */
class Tellers {
  told = 0
  private readonly stripe: TestStripe
  private readonly kind: Kind
  private practice: Practice | undefined

  constructor(stripe: TestStripe, kind: Kind) {
    this.stripe = stripe
    this.kind = kind
  }

  async tell(story: Iterable<fc.AsyncCommand<ReferenceBooks, Practice, boolean>>): Promise<void> {
    this.stripe.service.faults.clear()
    this.practice ??= await Practice.open(this.stripe, `msp-${this.told}`)
    const { practice } = this
    const books = new ReferenceBooks()
    await practice.begin(books)
    this.told += 1
    if (this.kind.billsFirst)
      for (const cents of [90_000n, 12_345n]) {
        const { id, pulled } = await practice.bill(0, cents)
        books.bill(id, practice.clientIds[0] ?? '', pulled.total.minor)
      }
    try {
      await fc.asyncModelRun(() => ({ model: books, real: practice }), story)
    } catch (error) {
      // The next one is told of an MSP with whom nothing is wrong yet.
      this.practice = undefined
      throw error
    }
    if (practice.told.length >= this.kind.together) await this.settle()
  }

  /** Two weeks of calm: nothing is under way any more, and every promise must hold, against Stripe's own log too. */
  async settle(): Promise<void> {
    const { practice } = this
    if (practice === undefined) return
    this.practice = undefined
    for (let week = 0; week < 2; week++) {
      await practice.wind(7 * dayMs)
      await practice.round()
      await practice.settle()
    }
    await hearEverything(practice)
    await compareAll(practice)
    await withTenant(practice.tenantId, sealJournal)
    const violations = await checkInvariants(practice.tenantId, await practice.outside())
    if (violations.length > 0) throw new Error(`The books are broken: ${JSON.stringify(violations, null, 2)}`)
  }
}
