import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../measure/finding.ts'

const file = join(import.meta.dirname, '../README.md')
const [begin, end] = ['<!-- findings -->', '<!-- /findings -->']
const head = [
  '| what | product | floor | ratio (min–max) | goal | | rounds | measured |',
  '|---|---|---|---|---|---|---|---|',
]

/** Puts the findings into the table of bench/README.md; rows that were not measured this time stay as they are. */
export function writeTable(findings: readonly Finding[]): void {
  if (findings.length === 0) return
  const text = readFileSync(file, 'utf8')
  const [before, rest] = halves(text, begin)
  const [old, after] = halves(rest, end)
  const rows = new Map(
    old
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => [line.split('`')[1] ?? '', line]),
  )
  for (const finding of findings) rows.set(finding.name, rowOf(finding))
  const table = [...head, ...rows.values()].join('\n')
  writeFileSync(file, `${before}${begin}\n${table}\n\nLast run on ${machine()}.\n${end}${after}`)
}

function rowOf(finding: Finding): string {
  const { name, unit, product, floor, ratio, ratioMin, ratioMax, goal, pass, rounds, thrownAway, disturbed } = finding
  const spread = ratioMin === ratioMax ? String(ratio) : `${ratio} (${ratioMin}–${ratioMax})`
  const remarks = [
    String(rounds),
    ...(thrownAway > 0 ? [`${thrownAway} thrown away`] : []),
    ...(disturbed ? ['disturbed'] : []),
  ]
  const cells = [
    `\`${name}\`, ${unit}`,
    shown(product),
    floor === null ? '' : shown(floor),
    spread,
    goal.replace('>=', '≥').replace('<=', '≤'),
    pass ? 'pass' : '**FAIL**',
    remarks.join(', '),
    new Date().toISOString().slice(0, 10),
  ]
  return `| ${cells.join(' | ')} |`
}

function shown(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}

function machine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const system = execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, ${system}, Node ${process.version}`
}

function halves(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  if (at < 0) throw new Error(`bench/README.md has lost its mark ${mark}`)
  return [text.slice(0, at), text.slice(at + mark.length)]
}
