import { stack } from '../support/stack.ts'
import { ask } from './ask.ts'

type ClockState = { now: string; upcoming: { at: string; title: string }[] }
type Advance = { days: number } | { hours: number } | { to: string } | { bankingDay: true }

/** The simulated world's time. */
export async function simulatedNow(): Promise<Date> {
  const { now } = await ask<ClockState>(`${stack().urls.page}/clock`)
  return new Date(now)
}

/** Winds the world's one clock; answers when everything that was due on the way has happened outside. */
export async function wind(by: Advance): Promise<void> {
  await ask(`${stack().urls.page}/clock/advance`, by)
}

/** Winds by banking days, one after the other, as weekends and holidays fall. */
export async function windBankingDays(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) await wind({ bankingDay: true })
}

/** The date it is for the MSP, `YYYY-MM-DD`. */
export async function simulatedToday(): Promise<string> {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(await simulatedNow())
}
