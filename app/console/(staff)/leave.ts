'use server'

import { redirect } from 'next/navigation'
import { signOut } from '@/lib/access/sign-out'

export async function leave(): Promise<void> {
  await signOut('staff')
  redirect('/console/sign-in')
}
