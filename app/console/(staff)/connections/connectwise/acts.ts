'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireFreshStaff, requireStaff } from '@/lib/access/require-staff'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { checkPsa, connectPsa, disconnectPsa, resyncPsa } from '@/lib/psa/connect-psa'
import { orNotFound } from '../../or-not-found'
import type { ConnectState } from '../connect-form'
import { problemsOf, typedIn } from '../form-answer'

const here = '/console/connections/connectwise'
const needed = (what: string) => z.string().trim().min(1, what).max(300)
const Form = z.object({
  baseUrl: needed('Where you sign in, like na.myconnectwise.net'),
  companyId: needed('The id you type when you sign in'),
  publicKey: needed('The shorter of the two keys'),
  privateKey: needed('Shown once, when the key was made'),
})

const kept = ['baseUrl', 'companyId', 'publicKey']

export async function connectConnectwise(_: ConnectState, form: FormData): Promise<ConnectState> {
  const actor = await requireFreshStaff(here)
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return { fields: problemsOf(asked.error), kept: typedIn(form, kept) }
  const answer = await connectPsa(actor, 'connectwise', asked.data)
  if (!answer.ok) return { refused: answer.reason, kept: typedIn(form, kept) }
  redirect(`${here}?said=connected`)
}

export async function syncConnectwise(form: FormData): Promise<void> {
  const actor = await requireStaff()
  await orNotFound(resyncPsa(actor, { full: form.get('full') === 'yes' }))
  redirect(`${here}?said=reading`)
}

export async function checkConnectwise(): Promise<void> {
  const actor = await requireStaff()
  const answered = await orNotFound(checkPsa(actor)).then(
    () => true,
    (fault: unknown) => {
      if (fault instanceof ConnectorFault) return false
      throw fault
    },
  )
  redirect(`${here}?said=${answered ? 'checked' : 'unreachable'}`)
}

export async function disconnectConnectwise(): Promise<void> {
  await orNotFound(disconnectPsa(await requireFreshStaff(here)))
  redirect('/console/connections')
}
