'use server'

import { revalidatePath } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { webhookEventTypes } from '@/lib/webhooks/event-type'
import { addEndpoint, changeEndpoint, removeEndpoint, rotateEndpointSecret } from '@/lib/webhooks/keep-endpoint'
import { ping, sendAgain } from '@/lib/webhooks/send-again'

const list = '/console/settings/webhooks'

/** `problems` by field, `refused` for what is not a field's; `kept` is what was typed. */
type Refused = {
  problems: { url?: string; events?: string; refused?: string }
  kept: { url: string; description: string; events: string[] }
}
export type AddState = { made: { id: string; secret: string } } | Refused | undefined
export type ChangeState = { saved: true } | Refused | undefined

const Form = z.object({
  url: z.string().trim().min(1, 'Say where your program listens.').max(500, 'Use at most 500 letters.'),
  description: z.string().trim().max(200),
  events: z.array(z.enum(webhookEventTypes)).min(1, 'Choose at least one event.'),
})

function readForm(form: FormData): { ok: true; wanted: z.infer<typeof Form> } | { ok: false; state: Refused } {
  const kept = typedIn(form)
  const wanted = Form.safeParse(kept)
  if (wanted.success) return { ok: true, wanted: wanted.data }
  const { url, events } = z.flattenError(wanted.error).fieldErrors
  return {
    ok: false,
    state: { problems: { ...(url?.[0] && { url: url[0] }), ...(events?.[0] && { events: events[0] }) }, kept },
  }
}

function typedIn(form: FormData): Refused['kept'] {
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 600)
  return { url: text('url'), description: text('description'), events: form.getAll('events').map(String) }
}

function refusedBy(answer: { because: string; reason: string }, form: FormData): Refused {
  return {
    problems: answer.because === 'url' ? { url: answer.reason } : { refused: answer.reason },
    kept: typedIn(form),
  }
}

export async function addWebhook(_: AddState, form: FormData): Promise<AddState> {
  const actor = await requireStaff()
  const read = readForm(form)
  if (!read.ok) return read.state
  const added = await withTenant(actor.tenantId, (tx) => addEndpoint(tx, actor, read.wanted))
  if (!added.ok) return refusedBy(added, form)
  revalidatePath(list)
  return { made: { id: added.endpoint.id, secret: added.secret } }
}

export async function changeWebhook(_: ChangeState, form: FormData): Promise<ChangeState> {
  const actor = await requireStaff()
  const id = String(form.get('id'))
  const read = readForm(form)
  if (!read.ok) return read.state
  const wanted = { ...read.wanted, isOn: form.get('isOn') === 'on' }
  const changed = await withTenant(actor.tenantId, (tx) => changeEndpoint(tx, actor, id, wanted))
  if (!changed.ok && changed.because === 'unknown') notFound()
  if (!changed.ok) return refusedBy(changed, form)
  revalidatePath(`${list}/${id}`)
  return { saved: true }
}

const Rotation = z.object({ id: z.uuid(), overlapHours: z.enum(['0', '1', '24', '168']).transform(Number) })

/** The page is not drawn anew: what is shown once stands in the dialog. */
export async function rotateSecret(_: unknown, form: FormData): Promise<{ secret: string } | { refused: string }> {
  const actor = await requireStaff()
  const asked = Rotation.safeParse(Object.fromEntries(form))
  if (!asked.success) return { refused: 'Choose how long the old secret signs too.' }
  const { id, overlapHours } = asked.data
  const made = await withTenant(actor.tenantId, (tx) => rotateEndpointSecret(tx, actor, id, overlapHours))
  if (!made.ok && made.because === 'unknown') notFound()
  return made.ok ? { secret: made.secret } : { refused: made.reason }
}

export async function removeWebhook(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const removed = await withTenant(actor.tenantId, (tx) => removeEndpoint(tx, actor, String(form.get('id'))))
  if (!removed.ok && removed.because === 'unknown') notFound()
  redirect(`${list}?said=${removed.ok ? 'removed' : 'not-allowed'}`)
}

export async function sendPing(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const id = String(form.get('id'))
  const delivery = await withTenant(actor.tenantId, (tx) => ping(tx, actor, id))
  if (delivery === undefined) notFound()
  redirect(`${list}/${id}/${delivery}?said=sent`)
}

export async function resend(form: FormData): Promise<void> {
  const actor = await requireStaff()
  const delivery = await withTenant(actor.tenantId, (tx) => sendAgain(tx, actor, String(form.get('id'))))
  if (delivery === undefined) notFound()
  redirect(`${list}/${String(form.get('endpoint'))}/${delivery}?said=sent`)
}
