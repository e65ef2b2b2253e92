'use server'

import { redirect } from 'next/navigation'
import { actorName, mayManage } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { withTenant } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import type { Logo } from '@/lib/tenancy/brand'
import { BrandDraft } from '@/lib/tenancy/brand-draft'
import { drawLogo } from '@/lib/tenancy/draw-logo'
import { keepLogo } from '@/lib/tenancy/keep-logo'
import { logoRefusals } from '@/lib/tenancy/logo'
import { publishBrand, saveBrandDraft } from '@/lib/tenancy/save-brand'

/** @returns whether it was kept: what does not read as a brand stays on the page alone */
export async function saveDraft(asked: BrandDraft): Promise<boolean> {
  const actor = await requireStaff()
  const draft = BrandDraft.safeParse(asked)
  if (!mayManage(actor) || !draft.success) return false
  await saveBrandDraft(actor.tenantId, draft.data)
  return true
}

/** @returns what keeps it from being published, in words; empty once it is */
export async function publish(asked: BrandDraft): Promise<string> {
  const actor = await requireStaff()
  const draft = BrandDraft.safeParse(asked)
  if (!mayManage(actor)) return 'Your role may look at the brand, not publish it.'
  if (!draft.success) return 'Something on this page is not filled in as it has to be.'
  const published = await publishBrand(actor.tenantId, actorName(actor), draft.data)
  if (published.ok) return ''
  return published.because === 'contrast'
    ? 'The page tint is too dark: gray text would not read on it.'
    : 'The logo is no longer there. Upload it again.'
}

export async function discard(): Promise<void> {
  const actor = await requireStaff()
  if (mayManage(actor)) await saveBrandDraft(actor.tenantId, undefined)
  // A new address, so that the page begins anew with what is published.
  redirect(`/console/settings/brand?fresh=${newId()}`)
}

export type LogoAnswer = { ok: true; logo: Logo } | { ok: false; problem: string }

export async function uploadLogo(form: FormData): Promise<LogoAnswer> {
  const actor = await requireStaff()
  if (!mayManage(actor)) return { ok: false, problem: 'Your role may look at the brand, not change it.' }
  const file = form.get('logo')
  if (!(file instanceof File)) return { ok: false, problem: logoRefusals.empty }
  const tries = await throttle('logo', actor.tenantId)
  if (!tries.ok) return { ok: false, problem: 'Too many uploads. Try again in a few minutes.' }
  const drawn = await drawLogo(Buffer.from(await file.arrayBuffer()))
  if (typeof drawn === 'string') return { ok: false, problem: logoRefusals[drawn] }
  await withTenant(actor.tenantId, (tx) => keepLogo(tx, drawn))
  return { ok: true, logo: drawn.logo }
}
