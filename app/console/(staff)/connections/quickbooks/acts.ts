'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { checkAccounting } from '@/lib/accounting/check-accounting'
import { chooseAccounts } from '@/lib/accounting/choose-accounts'
import { beginConnect, disconnectAccounting } from '@/lib/accounting/connect-accounting'
import type { AccountMapping } from '@/lib/connectors/contract'
import { orNotFound } from '../../or-not-found'

const here = '/console/connections/quickbooks'
const Account = z.string().max(40).optional()
const Form = z.object({
  clearing: Account,
  bank: Account,
  processor_fees: Account,
  receivable: Account,
  disputed: Account,
  surcharge_income: Account,
  write_offs: Account,
})

export async function beginQuickbooks(): Promise<void> {
  const { url } = await orNotFound(beginConnect(await requireFreshStaff(here)))
  redirect(url)
}

export async function saveAccounts(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const chosen = Form.parse(Object.fromEntries([...form].filter(([name]) => name in Form.shape)))
  const mapping: AccountMapping = Object.fromEntries(
    Object.entries(chosen).filter(([, id]) => id !== undefined && id !== ''),
  )
  const banks = [...form].flatMap(([name, id]) => {
    const currency = /^bankIn\.([A-Z]{3})$/.exec(name)?.[1]
    return currency === undefined || id === '' ? [] : [[currency, z.string().max(40).parse(id)] as const]
  })
  await orNotFound(chooseAccounts(actor, mapping, Object.fromEntries(banks)))
  redirect(`${here}?said=accounts`)
}

export async function checkQuickbooks(): Promise<void> {
  const answered = await orNotFound(checkAccounting(await requireStaff()))
  redirect(`${here}?said=${answered ? 'checked' : 'unreachable'}`)
}

export async function disconnectQuickbooks(): Promise<void> {
  await orNotFound(disconnectAccounting(await requireFreshStaff(here)))
  redirect('/console/connections')
}
