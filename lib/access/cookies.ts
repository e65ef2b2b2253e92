import 'server-only'
import { cookies } from 'next/headers'
import { env } from '@/lib/base/env'

const names = {
  staff: 'closeloop-staff',
  view: 'closeloop-view',
  browser: 'closeloop-browser',
  directory: 'closeloop-directory',
} as const
/** `contactOf`: a client's person, at the MSP of this slug. One of each MSP's, so that two MSPs on one host stand side by side. */
export type Which = keyof typeof names | { contactOf: string }

/** `__Host-` ties a cookie to this very host; browsers take it over https only, so plain http (local trials) goes without. */
function nameOf(which: Which): string {
  const base = typeof which === 'string' ? names[which] : `closeloop-client-${which.contactOf}`
  return env().PUBLIC_URL.startsWith('https:') ? `__Host-${base}` : base
}

export async function readCookie(which: Which): Promise<string | undefined> {
  return (await cookies()).get(nameOf(which))?.value
}

/** @param maxAgeSeconds absent: until the browser closes */
export async function writeCookie(which: Which, value: string, maxAgeSeconds?: number): Promise<void> {
  const store = await cookies()
  store.set(nameOf(which), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().PUBLIC_URL.startsWith('https:'),
    path: '/',
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  })
}

export async function dropCookie(which: Which): Promise<void> {
  const store = await cookies()
  store.delete(nameOf(which))
}
