import type { SimClock } from '../../kernel/clock.ts'

type Appointment = { title: string; runs: (() => void)[]; keys: Set<string> }

/**
 * What Stripe will do later, gathered by the instant it is due: a bank file with a thousand debits is one appointment
 * on the clock, as it is one file at the bank.
 */
export class Agenda {
  private readonly clock: SimClock
  private readonly due = new Map<string, Appointment>()

  constructor(clock: SimClock) {
    this.clock = clock
  }

  /** Runs `run` when the clock reaches `at`, in the order things were put on the agenda. */
  at(at: Date, title: string, run: () => void): void {
    this.appointment(at, title).runs.push(run)
  }

  /** The same, but only once per instant and key, however often it is asked for. */
  once(at: Date, key: string, title: string, run: () => void): void {
    const appointment = this.appointment(at, title)
    if (appointment.keys.has(key)) return
    appointment.keys.add(key)
    appointment.runs.push(run)
  }

  private appointment(at: Date, title: string): Appointment {
    const name = `${at.getTime()} ${title}`
    const known = this.due.get(name)
    if (known !== undefined) return known
    const appointment: Appointment = { title, runs: [], keys: new Set() }
    this.due.set(name, appointment)
    this.clock.schedule(at, title, () => {
      this.due.delete(name)
      for (const run of appointment.runs) attempt(run)
    })
    return appointment
  }
}

/** A fault of one entry must not stop the clock for all the others. */
function attempt(run: () => void): void {
  try {
    run()
  } catch (thrown) {
    console.error(thrown)
  }
}
