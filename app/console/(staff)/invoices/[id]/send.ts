'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { actorName, mayManage } from '@/lib/access/actor'
import { createPayLink, payLinkUrl } from '@/lib/access/pay-link'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getInvoice } from '@/lib/billing/queries'
import { sendInvoice } from '@/lib/mail/send-invoice'
import { audit } from '@/lib/tenancy/audit'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid() })

/** Mails the invoice to the billing contact. */
export async function send(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id } = Form.parse(Object.fromEntries(form))
  const answer = mayManage(actor) ? await orNotFound(sendInvoice(actor, id)) : { ok: false }
  redirect(`/console/invoices/${id}?sent=${answer.ok ? 'yes' : 'no'}`)
}

/** A new pay link for a person to pass on. Only its hash is kept, so it is shown this once. */
export async function makeLink(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireStaff()
  const { id } = Form.parse(Object.fromEntries(form))
  if (!mayManage(actor)) return undefined
  const { dueOn } = await orNotFound(getInvoice(actor, id))
  return withTenant(actor.tenantId, async (tx) => {
    const token = await createPayLink(tx, { invoiceId: id, dueOn, sentTo: null })
    await audit(tx, actorName(actor), 'pay_link.made', { kind: 'invoice', id })
    return payLinkUrl(tx, token)
  })
}
