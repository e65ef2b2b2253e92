'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { actorName, mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'

const ticked = z.literal('on').optional()
const Form = z
  .object({
    sendNewInvoices: ticked,
    sendFrom: z.union([z.iso.date(), z.literal('')]).default(''),
    acceptBankDebits: ticked,
    acceptCards: ticked,
  })
  .refine(({ acceptBankDebits, acceptCards }) => acceptBankDebits !== undefined || acceptCards !== undefined)

export async function save(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!mayManage(actor) || !asked.success) redirect('/console/settings?said=incomplete')
  const { sendFrom, sendNewInvoices, acceptBankDebits, acceptCards } = asked.data
  await saveTenantSettings(actor.tenantId, actorName(actor), {
    settings: {
      sendNewInvoices: sendNewInvoices !== undefined,
      acceptBankDebits: acceptBankDebits !== undefined,
      acceptCards: acceptCards !== undefined,
      ...(sendFrom === '' ? {} : { sendFrom }),
    },
  })
  redirect('/console/settings?said=saved')
}
