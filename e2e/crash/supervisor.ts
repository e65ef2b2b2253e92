import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

type Command = {
  name: string
  args: string[]
  env: Record<string, string>
  logs: string
  /** Told whenever it ended, whoever ended it. */
  onDeath?: () => void
}

/** Of all processes of this run: no two draw their misfortunes from the same seed. */
let startsOfAll = 0

/** Keeps a process running, as an operator's service manager does: whenever it dies, it is started again. */
export class Supervisor {
  starts = 0
  private readonly command: Command
  private child: ChildProcess | undefined
  private isStopping = false
  private running: Promise<void> = Promise.resolve()

  constructor(command: Command) {
    this.command = command
    mkdirSync(command.logs, { recursive: true })
  }

  start(): void {
    this.isStopping = false
    this.running = this.keepRunning()
  }

  /** Asks it to end, as a deployment does. @returns how long it took and how it ended */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ tookMs: number; code: number | null }> {
    this.isStopping = true
    const began = performance.now()
    const { child } = this
    child?.kill(signal)
    const timer = setTimeout(() => child?.kill('SIGKILL'), 35_000)
    await this.running
    clearTimeout(timer)
    return { tookMs: performance.now() - began, code: child?.exitCode ?? null }
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  private async keepRunning(): Promise<void> {
    const { name, args, env, logs, onDeath } = this.command
    while (!this.isStopping) {
      const log = openSync(join(logs, `${name}.log`), 'a', 0o600)
      this.starts += 1
      startsOfAll += 1
      const child = spawn(process.execPath, args, {
        env: { ...process.env, ...env, CRASH_START: String(startsOfAll) },
        stdio: ['ignore', log, log],
      })
      closeSync(log)
      this.child = child
      const startedAt = performance.now()
      await once(child, 'exit')
      onDeath?.()
      // One that cannot start is not started in a hurry.
      if (performance.now() - startedAt < 500) await new Promise((done) => setTimeout(done, 300))
    }
  }
}
