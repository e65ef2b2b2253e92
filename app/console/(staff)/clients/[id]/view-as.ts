'use server'

import { z } from 'zod'
import { writeCookie } from '@/lib/access/cookies'
import { beginView, viewLifeMs } from '@/lib/access/portal-view'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getTenant } from '@/lib/tenancy/queries'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(200) })

export type ViewAsState = { problem: string } | { opens: string } | undefined

/**
 * @returns what is missing, or where the portal is to be looked at. It is loaded anew, not gone on to: a page of a client
 * has a content policy of its own, under which Stripe.js runs.
 */
export async function viewAsClient(_: ViewAsState, form: FormData): Promise<ViewAsState> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return { problem: 'Say why in a few words: it stands in the audit trail.' }
  const cookie = await orNotFound(beginView(actor, asked.data.id, asked.data.reason))
  const { slug } = await withTenant(actor.tenantId, getTenant)
  await writeCookie('view', cookie, viewLifeMs / 1000)
  return { opens: `/m/${slug}` }
}
