'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { actorName, mayManage } from '@/lib/access/actor'
import { revokePayLinks } from '@/lib/access/pay-link'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { getInvoice } from '@/lib/billing/queries'
import { audit } from '@/lib/tenancy/audit'
import { orNotFound } from '../../or-not-found'

const Form = z.object({ id: z.uuid() })

/** Closes every link to the invoice that is out there: one leaked, or went to the wrong place. */
export async function revokeLinks(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { id } = Form.parse(Object.fromEntries(form))
  await orNotFound(getInvoice(actor, id))
  if (mayManage(actor))
    await withTenant(actor.tenantId, async (tx) => {
      const count = await revokePayLinks(tx, { invoiceId: id }, 'by_staff')
      await audit(tx, actorName(actor), 'pay_link.revoked', { kind: 'invoice', id }, { count })
    })
  redirect(`/console/invoices/${id}?links=closed`)
}
