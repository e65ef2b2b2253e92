'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { actorName, mayManage } from '@/lib/access/actor'
import { revokePayLinks } from '@/lib/access/pay-link'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { getClient } from '@/lib/billing/queries'
import { sendStatement } from '@/lib/mail/send-statement'
import { audit } from '@/lib/tenancy/audit'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid() })

/** Mails the billing contact what is open, with one link that pays it. Every press is a mail. */
export async function sendOpenInvoices(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id } = Form.parse(Object.fromEntries(form))
  await orNotFound(getClient(actor, id))
  if (!mayManage(actor)) redirect(`/console/clients/${id}`)
  const answer = await orNotFound(sendStatement(actor, id, newId()))
  redirect(`/console/clients/${id}?statement=${answer.ok ? 'sent' : answer.because}`)
}

/** Closes every link to this client's statement that is out there: one leaked, or went to the wrong place. */
export async function closeStatementLinks(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id } = Form.parse(Object.fromEntries(form))
  await orNotFound(getClient(actor, id))
  if (mayManage(actor))
    await withTenant(actor.tenantId, async (tx) => {
      const count = await revokePayLinks(tx, { clientId: id }, 'by_staff')
      await audit(tx, actorName(actor), 'pay_link.revoked', { kind: 'client', id }, { count })
    })
  redirect(`/console/clients/${id}?statement=closed`)
}
