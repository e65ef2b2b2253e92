'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { writeCookie } from '@/lib/access/cookies'
import { beginView, viewLifeMs } from '@/lib/access/portal-view'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getTenant } from '@/lib/tenancy/queries'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(200) })

/** @returns what is missing; otherwise the portal opens, to be looked at */
export async function viewAsClient(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return 'Say why in a few words: it stands in the audit trail.'
  const cookie = await orNotFound(beginView(actor, asked.data.id, asked.data.reason))
  const { slug } = await withTenant(actor.tenantId, getTenant)
  await writeCookie('view', cookie, viewLifeMs / 1000)
  redirect(`/m/${slug}`)
}
