import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Crew } from '../../scripts/demo/crew.ts'
import type { ChargeRun, Pace } from './run-charges.ts'

export type ChargeOrder = {
  count: number
  pace: Pace
  /** Whether the attempts are written down before the run, or as a part of each charge. */
  openedBefore: boolean
}

/** A process that charges when it is told to: the product, or the hand-written loop it is held against. */
export type Charger = {
  prepare: (order: ChargeOrder) => Promise<void>
  run: () => Promise<ChargeRun>
}

export function startCharger(crew: Crew, name: 'product' | 'raw', env: Record<string, string>): Charger {
  const flags = ['--import', 'tsx', '--import', './scripts/server-only.ts']
  const child = crew.start(name, [...flags, `bench/charge/${name}.ts`], { ...process.env, LOG_LEVEL: 'info', ...env })
  return {
    prepare: async (order) => void (await ask(child, order)),
    run: async () => (await ask(child, 'run')) as ChargeRun,
  }
}

async function ask(child: ChildProcess, message: object | string): Promise<unknown> {
  child.send(message)
  const [answer] = await once(child, 'message')
  if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new Error(String(answer.error))
  return answer
}

/** The other side: prepares on an order, runs on `run`. */
export function beCharger(prepare: (order: ChargeOrder) => Promise<() => Promise<ChargeRun>>): void {
  let run = (): Promise<ChargeRun> => Promise.reject(new Error('nothing is prepared'))
  process.on('message', (message) => {
    const work = async () => {
      if (message === 'run') return run()
      run = await prepare(message as ChargeOrder)
      return 'prepared'
    }
    work().then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
