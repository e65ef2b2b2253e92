import 'server-only'
import { cookies } from 'next/headers'
import { env } from '@/lib/base/env'

/** `__Host-` ties a cookie to this very host; browsers take it over https only, so plain http (local trials) goes without. */
function nameOf(base: string): string {
  return env().PUBLIC_URL.startsWith('https:') ? `__Host-${base}` : base
}

const names = {
  staff: 'closeloop-staff',
  contact: 'closeloop-client',
  view: 'closeloop-view',
  browser: 'closeloop-browser',
  directory: 'closeloop-directory',
} as const
type Which = keyof typeof names

export async function readCookie(which: Which): Promise<string | undefined> {
  return (await cookies()).get(nameOf(names[which]))?.value
}

/** @param maxAgeSeconds absent: until the browser closes */
export async function writeCookie(which: Which, value: string, maxAgeSeconds?: number): Promise<void> {
  const store = await cookies()
  store.set(nameOf(names[which]), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().PUBLIC_URL.startsWith('https:'),
    path: '/',
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  })
}

export async function dropCookie(which: Which): Promise<void> {
  const store = await cookies()
  store.delete(nameOf(names[which]))
}
