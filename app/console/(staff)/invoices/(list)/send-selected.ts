'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { address } from '../../address'
import { orNotFound } from '../../or-not-found'

const Ids = z.array(z.uuid()).min(1).max(50)

/** Mails what was ticked, one page of the list at most. */
export async function sendSelected(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const ids = Ids.safeParse(form.getAll('id'))
  if (!mayManage(actor) || !ids.success) redirect('/console/invoices')
  let sent = 0
  for (const id of ids.data) if ((await orNotFound(sendInvoice(actor, id))).ok) sent += 1
  const unsent = ids.data.length - sent
  redirect(address('/console/invoices', { sent: String(sent), unsent: unsent === 0 ? undefined : String(unsent) }))
}
