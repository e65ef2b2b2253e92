'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { appointContact } from '@/lib/access/appoint-contact'
import { contactRoles } from '@/lib/access/people'
import { requireFreshStaff } from '@/lib/access/require-staff'
import { orNotFound } from '../../or-not-found'
import { readClient } from './read-client'

const Form = z.object({ clientId: z.uuid(), contactId: z.uuid(), role: z.enum(contactRoles) })

/** Gives a client's contact their role in its portal. Whoever is its owner decides who pays and who comes in there. */
export async function appoint(form: FormData): Promise<void> {
  const asked = Form.safeParse(Object.fromEntries(form))
  const page = asked.success ? `/console/clients/${asked.data.clientId}` : '/console/clients'
  const actor = await requireFreshStaff(page)
  if (!asked.success) redirect(page)
  await readClient(asked.data.clientId)
  const answer = await orNotFound(appointContact(actor, asked.data))
  redirect(`${page}?said=${answer.ok ? 'appointed' : answer.because}`)
}
