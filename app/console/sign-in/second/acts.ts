'use server'

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { writeCookie } from '@/lib/access/cookies'
import { SignedByPasskey } from '@/lib/access/passkey-shapes'
import { beginPasskeyProof } from '@/lib/access/passkeys'
import { type Proof, prove } from '@/lib/access/prove'
import { requireProver, type StaffActor } from '@/lib/access/require-staff'
import { consoleSite } from '@/lib/access/site'

const Form = z.object({ code: z.string().trim().min(1).max(40), to: z.string().max(300) })

/** Digits from the app, or a recovery code. @returns what was wrong; otherwise goes on */
export async function showCode(_: string | undefined, form: FormData): Promise<string | undefined> {
  const actor = await requireProver()
  const asked = Form.safeParse(Object.fromEntries(form))
  if (!asked.success) return 'Type the six digits of the app, or a recovery code.'
  return goOn(actor, { kind: 'code', code: asked.data.code }, asked.data.to)
}

/** What the passkey is to sign. */
export async function askPasskey(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return beginPasskeyProof(await requireProver(), consoleSite())
}

/** What it signed. @returns what was wrong; otherwise goes on */
export async function showPasskey(response: unknown, to: string): Promise<string | undefined> {
  const actor = await requireProver()
  const signed = SignedByPasskey.safeParse(response)
  if (!signed.success) return 'The passkey gave no answer. Try again.'
  return goOn(actor, { kind: 'passkey', site: consoleSite(), response: signed.data }, String(to))
}

async function goOn(actor: StaffActor, proof: Proof, to: string): Promise<string> {
  const answer = await prove(actor, proof)
  if (!answer.ok)
    return answer.because === 'busy'
      ? 'Too many tries. Wait ten minutes, then try again.'
      : 'That was not right. Digits change every half minute, and each works once.'
  await writeCookie('staff', answer.cookie)
  redirect(consolePath(to))
}

function consolePath(to: string): string {
  return /^\/console(\/[\w\-/]*)?(\?[\w\-=&]*)?$/.test(to) ? to : '/console'
}
