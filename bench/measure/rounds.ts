import { look, neighbours } from './processes.ts'

/** A round with a neighbour that used more than this much of a core says nothing. */
const NEIGHBOUR_MAX = 0.3
/** `BENCH_PATIENCE=600` goes on for ten minutes per measurement, if need be, until enough rounds were quiet. */
const patienceMs = Number(process.env.BENCH_PATIENCE ?? 0) * 1000
const GLANCE_MS = 500

export type Rounds<Product, Floor> = {
  pairs: { product: Product; floor: Floor }[]
  /** Rounds that were thrown away for a neighbour's sake. */
  thrownAway: number
  /** True when too few rounds were quiet and the disturbed ones had to do. */
  isDisturbed: boolean
  neighbours: string[]
}

/**
 * Measures product and floor in turn, A/B/A/B, after one round that only warms up. Rounds that a neighbour disturbed are
 * thrown away and made up for as long as there is time.
 * @param options.sample one measurement of each; the number of the round is given, 0 for the warm-up
 */
export async function inTurn<Product, Floor>(options: {
  rounds: number
  secondsMax: number
  warmUp?: boolean
  product: (round: number) => Promise<Product>
  floor: (round: number) => Promise<Floor>
}): Promise<Rounds<Product, Floor>> {
  const deadline = performance.now() + Math.max(options.secondsMax * 1000, patienceMs)
  if (options.warmUp !== false) {
    await options.product(0)
    await options.floor(0)
  }
  const quiet: { product: Product; floor: Floor }[] = []
  const disturbed: { product: Product; floor: Floor }[] = []
  const names = new Set<string>()
  for (let round = 1; quiet.length < options.rounds; round += 1) {
    if (patienceMs > 0) await untilQuiet(deadline)
    const isLate = performance.now() > deadline
    if (isLate && quiet.length + disturbed.length > 0) break
    const before = look()
    const pair = { product: await options.product(round), floor: await options.floor(round) }
    const around = neighbours(before, look(), process.pid)
    if (around.cores > NEIGHBOUR_MAX) for (const name of around.names) names.add(name)
    ;(around.cores > NEIGHBOUR_MAX ? disturbed : quiet).push(pair)
  }
  const isDisturbed = quiet.length < Math.min(3, options.rounds)
  return {
    pairs: isDisturbed ? [...quiet, ...disturbed] : quiet,
    thrownAway: isDisturbed ? 0 : disturbed.length,
    isDisturbed,
    neighbours: [...names],
  }
}

/** A round that begins beside a busy neighbour would only be thrown away. */
async function untilQuiet(deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    const before = look()
    await new Promise((done) => setTimeout(done, GLANCE_MS))
    if (neighbours(before, look(), process.pid).cores <= NEIGHBOUR_MAX) return
  }
}
