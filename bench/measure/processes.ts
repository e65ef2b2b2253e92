import { readdirSync, readFileSync } from 'node:fs'

/** What the kernel says of one process: its own time on a CPU, and that of children it has buried. */
type ProcessFigures = { name: string; parent: number; ownTicks: number; buriedTicks: number }

/** The machine at one moment. */
export type Moment = { atMs: number; busyTicks: number; processes: ReadonlyMap<number, ProcessFigures> }

/** A clock tick of /proc is 10 ms on every Linux that Node runs on. */
const MS_PER_TICK = 10

export function look(): Moment {
  const processes = new Map<number, ProcessFigures>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const figures = figuresOf(name)
    if (figures !== undefined) processes.set(Number(name), figures)
  }
  const [, user = 0, nice = 0, system = 0] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 4).map(Number)
  return { atMs: performance.now(), busyTicks: user + nice + system, processes }
}

/** CPU time between two moments of a process and of all that descend from it, those that ended included. */
export function cpuMs(from: Moment, to: Moment, pid: number): number {
  return (ticksOf(to, pid) - ticksOf(from, pid)) * MS_PER_TICK
}

/** What everybody but our own tree used of the machine, in cores, and who they were, busiest first. */
export function neighbours(from: Moment, to: Moment, ownPid: number): { cores: number; names: string[] } {
  const elapsedTicks = (to.atMs - from.atMs) / MS_PER_TICK
  const ownTicks = ticksOf(to, ownPid) - ticksOf(from, ownPid)
  const own = familyOf(to, ownPid)
  const others = [...to.processes]
    .filter(([pid]) => !own.has(pid))
    .map(([pid, now]) => {
      const before = from.processes.get(pid)
      // What it has buried was used in another time, perhaps long ago.
      return { name: now.name, ticks: now.ownTicks - (before?.ownTicks ?? 0) }
    })
    .filter(({ ticks }) => ticks / elapsedTicks >= 0.05)
    .toSorted((a, b) => b.ticks - a.ticks)
  return {
    cores: Math.max(0, (to.busyTicks - from.busyTicks - ownTicks) / elapsedTicks),
    names: others.slice(0, 3).map(({ name, ticks }) => `${name} ${Math.round((ticks / elapsedTicks) * 100)} %`),
  }
}

/** Memory of a process and its descendants that is in RAM now, in bytes; `peak`, the most each ever had. */
export function memoryOf(pid: number, which: 'now' | 'peak'): number {
  const field = which === 'now' ? /VmRSS:\s+(\d+)/ : /VmHWM:\s+(\d+)/
  return [...familyOf(look(), pid)].reduce((sum, member) => {
    try {
      return sum + Number(field.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      return sum // it ended meanwhile
    }
  }, 0)
}

function ticksOf(moment: Moment, pid: number): number {
  return [...familyOf(moment, pid)].reduce((sum, member) => {
    const figures = moment.processes.get(member)
    return figures === undefined ? sum : sum + total(figures)
  }, 0)
}

function total({ ownTicks, buriedTicks }: ProcessFigures): number {
  return ownTicks + buriedTicks
}

function familyOf(moment: Moment, pid: number): Set<number> {
  const family = new Set([pid])
  // A parent may have a higher number than its child: numbers are given out again.
  for (let grew = true; grew; ) {
    grew = false
    for (const [member, { parent }] of moment.processes) {
      if (!family.has(parent) || family.has(member)) continue
      family.add(member)
      grew = true
    }
  }
  return family
}

function figuresOf(pid: string): ProcessFigures | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined // it ended between two lines of ours
  }
  // The name stands in parentheses and may hold anything; what follows it does not.
  const end = text.lastIndexOf(')')
  const fields = text.slice(end + 2).split(' ')
  const field = (position: number) => Number(fields[position - 3] ?? 0)
  return {
    name: text.slice(text.indexOf('(') + 1, end),
    parent: field(4),
    ownTicks: field(14) + field(15),
    buriedTicks: field(16) + field(17),
  }
}
