'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { actorName, mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { fromDecimal } from '@/lib/money/wire'
import { getTenant } from '@/lib/tenancy/queries'
import { saveTenantSettings } from '@/lib/tenancy/save-settings'
import { invoiceRules } from '@/lib/tenancy/settings'

const ticked = z.literal('on').optional()
const Form = z
  .object({
    sendNewInvoices: ticked,
    invoiceRecipients: z.enum(invoiceRules).default('billing'),
    sendFrom: z.union([z.iso.date(), z.literal('')]).default(''),
    acceptBankDebits: ticked,
    acceptCards: ticked,
    acceptPads: ticked,
    partial: ticked,
    partialPercent: z.coerce.number().min(0).max(100).default(0),
    partialAmount: z.string().trim().default(''),
    keepOverpayments: ticked,
    useCreditMemos: ticked,
    questions: ticked,
    saving: ticked,
    automatic: ticked,
    scheduling: ticked,
  })
  .refine(({ acceptBankDebits, acceptCards, acceptPads }) =>
    [acceptBankDebits, acceptCards, acceptPads].some((way) => way !== undefined),
  )

export async function save(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const { currency } = await withTenant(actor.tenantId, getTenant)
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!mayManage(actor) || !asked.success) redirect('/console/settings?said=incomplete')
  const { sendFrom, sendNewInvoices, acceptBankDebits, acceptCards, acceptPads, keepOverpayments, useCreditMemos } =
    asked.data
  const partialPayments = partialOf(asked.data, currency)
  if (partialPayments === 'wrong') redirect('/console/settings?said=minimum')
  await saveTenantSettings(actor.tenantId, actorName(actor), {
    settings: {
      sendNewInvoices: sendNewInvoices !== undefined,
      invoiceRecipients: asked.data.invoiceRecipients,
      acceptBankDebits: acceptBankDebits !== undefined,
      acceptCards: acceptCards !== undefined,
      acceptPads: acceptPads !== undefined,
      keepOverpayments: keepOverpayments !== undefined,
      useCreditMemos: useCreditMemos !== undefined,
      portal: {
        questions: asked.data.questions !== undefined,
        saving: asked.data.saving !== undefined,
        automatic: asked.data.automatic !== undefined,
        scheduling: asked.data.scheduling !== undefined,
      },
      ...(partialPayments === undefined ? {} : { partialPayments }),
      ...(sendFrom === '' ? {} : { sendFrom }),
    },
  })
  redirect('/console/settings?said=saved')
}

/** The least a client may pay in part: a sum, a share of the invoice, or both. */
function partialOf(
  {
    partial,
    partialPercent,
    partialAmount,
  }: Pick<z.infer<typeof Form>, 'partial' | 'partialPercent' | 'partialAmount'>,
  currency: string,
): { minimumMinor: number; minimumBasisPoints: number } | 'wrong' | undefined {
  if (partial === undefined) return undefined
  try {
    const { minor } = fromDecimal(partialAmount === '' ? '0' : partialAmount.replaceAll(',', ''), currency, 0)
    if (minor < 0n || minor > 100_000_000n) return 'wrong'
    return { minimumMinor: Number(minor), minimumBasisPoints: Math.round(partialPercent * 100) }
  } catch (error) {
    if (error instanceof RangeError) return 'wrong'
    throw error
  }
}
