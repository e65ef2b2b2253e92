import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from './actor'
import { readCookie } from './cookies'
import { readSession } from './session'

export type StaffActor = Extract<Actor, { kind: 'staff' }>

/** The staff member who asks; without a session, the sign-in page. Called at every entry: page, action and route. */
export async function requireStaff(): Promise<StaffActor> {
  const actor = await currentStaff()
  if (actor === undefined) redirect('/console/sign-in')
  return actor
}

/** The same without the redirect: for routes that answer "not found" instead. Read once per request. */
export const currentStaff = cache(async (): Promise<StaffActor | undefined> => {
  const cookie = await readCookie('staff')
  const actor = cookie === undefined ? undefined : await readSession('staff', cookie)
  return actor?.kind === 'staff' ? actor : undefined
})
