import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Plan =
  | { mode: 'calm' }
  /** Dies, or waits a little, at any fault point with these chances. */
  | { mode: 'random'; seed: number; killRate: number; waitRate: number }
  /** Dies the first time each point is reached, one after the other. */
  | { mode: 'first' }

/** What the armed processes read and write: how they are to die, where they have been, where they died. */
export class CrashPlan {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  set(plan: Plan): void {
    const file = join(this.folder, 'plan.json')
    writeFileSync(`${file}.next`, JSON.stringify(plan))
    renameSync(`${file}.next`, file) // whoever reads at this moment finds one or the other, whole
  }

  /** The points that were reached, whatever happened there. */
  hits(): Set<string> {
    return new Set(this.lines('hits'))
  }

  /** Where processes were killed, in order. */
  kills(): string[] {
    return this.lines('kills')
  }

  private lines(name: string): string[] {
    const file = join(this.folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  }
}

/** Every fault point of the product, as its source has them. */
export function faultPoints(): string[] {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('.test.') && name !== join('base', 'fault-point.ts'),
  )
  const named = files.flatMap((name) => [
    ...readFileSync(join('lib', name), 'utf8').matchAll(/faultPoint\('([^']+)'\)/g),
  ])
  return [...new Set(named.map(([, point = '']) => point))].sort()
}
