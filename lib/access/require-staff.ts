import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from './actor'
import { readCookie } from './cookies'
import { factorsOf } from './factors'
import { isFresh } from './prove'
import { readSession, readWaitingSession } from './session'

export type StaffActor = Extract<Actor, { kind: 'staff' }>

/** The staff member who asks; without a session, the sign-in page. Called at every entry: page, action and route. */
export async function requireStaff(): Promise<StaffActor> {
  const actor = await currentStaff()
  if (actor === undefined) redirect('/console/sign-in')
  return actor
}

/**
 * The same, for what moves money or hands out the keys to it: whoever has not proved who they are within the last ten
 * minutes is asked to. @param back where they go on then
 */
export async function requireFreshStaff(back: string): Promise<StaffActor> {
  const actor = await requireStaff()
  if (!isFresh(actor)) redirect(`/console/confirm?to=${encodeURIComponent(back)}`)
  return actor
}

/** The same without the redirect: for routes that answer "not found" instead. Read once per request. */
export const currentStaff = cache(async (): Promise<StaffActor | undefined> => {
  const cookie = await readCookie('staff')
  const actor = cookie === undefined ? undefined : await readSession('staff', cookie)
  return actor?.kind === 'staff' ? actor : undefined
})

/** Who came in by mail and has yet to show the second factor. */
export const waitingStaff = cache(async (): Promise<StaffActor | undefined> => {
  const cookie = await readCookie('staff')
  return cookie === undefined ? undefined : readWaitingSession(cookie)
})

/** Who may show a second factor: in a session that waits for it, or in one that is to be fresh again. */
export async function requireProver(): Promise<StaffActor> {
  return (await waitingStaff()) ?? (await requireStaff())
}

/**
 * Who may add a second factor: in a fresh session, or in one that waits for the very first. One that waits for a factor
 * that is there may not add another: that would be a way round it.
 */
export async function requireEnroller(back: string): Promise<{ actor: StaffActor; isWaiting: boolean }> {
  const waiting = await waitingStaff()
  if (waiting === undefined) return { actor: await requireFreshStaff(back), isWaiting: false }
  const { passkeys, hasApp } = await factorsOf(waiting)
  if (passkeys > 0 || hasApp) redirect('/console/sign-in/second')
  return { actor: waiting, isWaiting: true }
}
