import type { Happening } from '../kernel/service.ts'

export type Numbered = Happening & { number: number }

const keptMost = 500

/** The last things that happened anywhere in the sandbox, newest first. */
export class Happenings {
  private kept: Numbered[] = []
  private count = 0

  add(happening: Happening): void {
    this.count += 1
    this.kept.unshift({ ...happening, number: this.count })
    if (this.kept.length > keptMost) this.kept.pop()
  }

  list(limit = keptMost, after = 0): Numbered[] {
    return this.kept.filter(({ number }) => number > after).slice(0, limit)
  }

  /** Rises with everything that happens. */
  get version(): number {
    return this.count
  }
}
