import { median, rounded } from './figures.ts'
import type { Rounds } from './rounds.ts'

/** One line of the report: a figure of the product beside its floor, taken in one run. */
export type Finding = {
  name: string
  /** What is counted, with its unit. */
  unit: string
  product: number
  /** Absent where the goal is a plain limit. */
  floor: number | null
  ratio: number
  ratioMin: number
  ratioMax: number
  goal: string
  pass: boolean
  rounds: number
  thrownAway: number
  /** True when too few rounds were quiet: such a line is a hint, not a result. */
  disturbed: boolean
  neighbours: string[]
  /** Whatever else was seen: latencies, counts, the machine's part. */
  detail: Record<string, unknown>
}

/** `>= 0.6`: the ratio must be at least this; `<= 2`: at most. */
export type Goal = `${'>=' | '<='} ${number}`

/** A ratio of product to floor, one per round; the median counts. */
export function ratioFinding<Product, Floor>(
  name: string,
  rounds: Rounds<Product, Floor>,
  what: {
    unit: string
    goal: Goal
    product: (pair: { product: Product; floor: Floor }) => number
    floor: (pair: { product: Product; floor: Floor }) => number
    detail?: Record<string, unknown>
  },
): Finding {
  const products = rounds.pairs.map(what.product)
  const floors = rounds.pairs.map(what.floor)
  const ratios = products.map((value, at) => value / (floors[at] ?? Number.NaN))
  const ratio = rounded(median(ratios))
  return {
    name,
    unit: what.unit,
    product: rounded(median(products)),
    floor: rounded(median(floors)),
    ratio,
    ratioMin: rounded(Math.min(...ratios)),
    ratioMax: rounded(Math.max(...ratios)),
    goal: what.goal,
    pass: isReached(ratio, what.goal),
    ...circumstances(rounds),
    detail: what.detail ?? {},
  }
}

/** A figure that must keep to a limit of its own, floor or no floor. */
export function limitFinding(
  name: string,
  rounds: Rounds<unknown, unknown>,
  what: { unit: string; goal: Goal; value: number; floor?: number; detail?: Record<string, unknown> },
): Finding {
  const value = rounded(what.value)
  return {
    name,
    unit: what.unit,
    product: value,
    floor: what.floor === undefined ? null : rounded(what.floor),
    ratio: value,
    ratioMin: value,
    ratioMax: value,
    goal: what.goal,
    pass: isReached(value, what.goal),
    ...circumstances(rounds),
    detail: what.detail ?? {},
  }
}

function circumstances({ pairs, thrownAway, isDisturbed, neighbours }: Rounds<unknown, unknown>) {
  return { rounds: pairs.length, thrownAway, disturbed: isDisturbed, neighbours }
}

function isReached(value: number, goal: Goal): boolean {
  const limit = Number(goal.slice(3))
  return goal.startsWith('>=') ? value >= limit : value <= limit
}
