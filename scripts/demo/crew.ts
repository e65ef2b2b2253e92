import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Member = { name: string; exited: Promise<void>; stop: () => Promise<void> }

/** Processes that stand and fall together: when one ends by itself, `lost` rejects; `stop` ends them all. */
export class Crew {
  readonly lost: Promise<never>
  private readonly folder: string | undefined
  private readonly graceMs: number
  private readonly members: Member[] = []
  private isStopping = false
  private lose: (error: Error) => void = () => {}

  /**
   * @param options.logFolder where each gets its log, `<name>.log`; absent: they write where we write
   * @param options.graceMs how long each may take to end before it is killed
   */
  constructor({ logFolder, graceMs }: { logFolder?: string; graceMs: number }) {
    this.folder = logFolder
    this.graceMs = graceMs
    if (logFolder !== undefined) mkdirSync(logFolder, { recursive: true })
    this.lost = new Promise((_, reject) => {
      this.lose = reject
    })
    this.lost.catch(() => {}) // whoever waits for it hears of it; nobody has to
  }

  /** Starts a Node process. Its IPC channel lets it tell when it is ready. */
  start(name: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
    const log = this.logOf(name)
    const output = log === undefined ? 'inherit' : openSync(log, 'w', 0o600)
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, output, 'ipc'] })
    const exited = new Promise<void>((done) => child.once('exit', () => done()))
    this.take({
      name,
      exited,
      stop: async () => {
        child.kill('SIGTERM')
        const timer = setTimeout(() => child.kill('SIGKILL'), this.graceMs)
        await exited
        clearTimeout(timer)
      },
    })
    return child
  }

  /** Takes in a process that was started elsewhere and knows how to stop. */
  take(member: Member): void {
    this.members.push(member)
    void member.exited.then(() => {
      if (!this.isStopping) this.lose(new Error(`${member.name} ended by itself. ${this.lastWordsOf(member.name)}`))
    })
  }

  /** Asks all to end, the last started first; who does not within the time is killed. */
  async stop(): Promise<void> {
    this.isStopping = true
    for (const { stop } of this.members.splice(0).reverse()) await stop()
  }

  private logOf(name: string): string | undefined {
    return this.folder === undefined ? undefined : join(this.folder, `${name}.log`)
  }

  private lastWordsOf(name: string): string {
    const log = this.logOf(name)
    if (log === undefined || !existsSync(log)) return ''
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
    return `Its last words, from ${log}:\n${lines.slice(-15).join('\n')}`
  }
}
