'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireStaff } from '@/lib/access/require-staff'
import { throttle } from '@/lib/access/throttle'
import { withTenant } from '@/lib/base/db'
import { saveWording } from '@/lib/mail/keep-wording'
import { sendSample } from '@/lib/mail/send-sample'
import { type Wording, wordedKinds } from '@/lib/mail/wording'

const text = z.string().max(4_000)
const Wish = z.object({
  kind: z.enum(wordedKinds),
  locale: z.enum(['en-US', 'fr-CA']),
  typed: z.object({ subject: text, opening: text, closing: text }),
  basedOn: z.int().min(0),
})
export type Wish = z.infer<typeof Wish>

/** What came of it, in words, with what is wrong by field. */
export type Said = { tone: 'good' | 'bad'; text: string; problems?: Partial<Record<keyof Wording, string>> }

const malformed: Said = { tone: 'bad', text: 'Something on this page is not filled in as it has to be.' }
const notAllowed: Said = { tone: 'bad', text: 'Your role may look at the words, not change them.' }

export async function saveWords(asked: Wish): Promise<Said> {
  const actor = await requireStaff()
  const wish = Wish.safeParse(asked)
  if (!wish.success) return malformed
  const saved = await withTenant(actor.tenantId, (tx) => saveWording(tx, actor, wish.data))
  if (!saved.ok && saved.because === 'words')
    return { tone: 'bad', text: 'Not saved: a field is not filled in as it has to be.', problems: saved.problems }
  if (!saved.ok)
    return saved.because === 'not-allowed'
      ? notAllowed
      : { tone: 'bad', text: 'Not saved: somebody changed these words meanwhile. Load the page again to see them.' }
  revalidatePath(`/console/settings/mail/${wish.data.kind}`)
  return { tone: 'good', text: 'Saved. The next mail of this kind says it.' }
}

/** Mails the words as typed to whoever typed them. */
export async function sendTest(asked: Wish): Promise<Said> {
  const actor = await requireStaff()
  const wish = Wish.safeParse(asked)
  if (!wish.success) return malformed
  if (!(await throttle('sample', actor.tenantId, actor.staffId)).ok)
    return { tone: 'bad', text: 'You have sent yourself enough samples. Try again in an hour.' }
  const sent = await withTenant(actor.tenantId, (tx) => sendSample(tx, actor, wish.data))
  if (sent.ok) return { tone: 'good', text: `A sample is on its way to ${sent.to}.` }
  return sent.because === 'words'
    ? { tone: 'bad', text: 'Not sent: a field is not filled in as it has to be.', problems: sent.problems }
    : notAllowed
}
