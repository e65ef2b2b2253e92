/**
 * The simulated world's one clock. Time flows as it does outside, shifted by an offset; winding it runs whatever was
 * scheduled on the way, in order, so that a debit clears before the payout that contains it.
 */
type Appointment = { at: number; sequence: number; title: string; run: () => void | Promise<void> }

export class SimClock {
  private offsetMs: number
  private pausedAt: number | undefined
  private sequence = 0
  private readonly appointments: Appointment[] = []
  private winding: Promise<void> = Promise.resolve()
  private readonly timer: NodeJS.Timeout

  constructor(startAt?: Date) {
    this.offsetMs = startAt === undefined ? 0 : startAt.getTime() - Date.now()
    this.timer = setInterval(() => void this.advanceTo(this.now()), 200)
    this.timer.unref()
  }

  now(): Date {
    return new Date(this.pausedAt ?? Date.now() + this.offsetMs)
  }

  /** Seconds since 1970, as Stripe counts. */
  seconds(): number {
    return Math.floor(this.now().getTime() / 1000)
  }

  get paused(): boolean {
    return this.pausedAt !== undefined
  }

  pause(): void {
    this.pausedAt ??= this.now().getTime()
  }

  resume(): void {
    if (this.pausedAt === undefined) return
    this.offsetMs = this.pausedAt - Date.now()
    this.pausedAt = undefined
  }

  /** Runs `run` once the clock reads `at` or later. `title` is shown on the page as what comes next. */
  schedule(at: Date, title: string, run: () => void | Promise<void>): void {
    this.appointments.push({ at: at.getTime(), sequence: this.sequence++, title, run })
    this.appointments.sort((a, b) => a.at - b.at || a.sequence - b.sequence)
  }

  upcoming(limit = 10): { at: string; title: string }[] {
    return this.appointments.slice(0, limit).map(({ at, title }) => ({ at: new Date(at).toISOString(), title }))
  }

  /** Winds forward, never back; resolves when everything due on the way has run. */
  advanceTo(target: Date): Promise<void> {
    this.winding = this.winding.then(() => this.wind(target.getTime()))
    return this.winding
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private async wind(target: number): Promise<void> {
    for (let next = this.appointments[0]; next !== undefined && next.at <= target; next = this.appointments[0]) {
      this.appointments.shift()
      this.set(Math.max(next.at, this.now().getTime()))
      try {
        await next.run()
      } catch (error) {
        console.error(`clock: ${next.title}`, error) // one thing that fails must not stop time
      }
    }
    this.set(Math.max(target, this.now().getTime()))
  }

  private set(at: number): void {
    if (this.pausedAt !== undefined) this.pausedAt = at
    else this.offsetMs = Math.max(this.offsetMs, at - Date.now())
  }
}
