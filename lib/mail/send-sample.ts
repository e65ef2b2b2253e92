import 'server-only'
import { type Actor, mayManage } from '@/lib/access/actor'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import { getTenant } from '@/lib/tenancy/queries'
import { tenantAddress } from '@/lib/tenancy/tenant-address'
import { type Locale, wordsIn } from '@/messages/words'
import { wordingOf } from './our-wording'
import { queueMessage } from './queue-message'
import { sampleMail } from './sample-mail'
import { checkWording, type Typed, type WordedKind, type Wording } from './wording'

export type SampleSent =
  | { ok: true; to: string }
  | { ok: false; because: 'not-allowed' }
  | { ok: false; because: 'words'; problems: Partial<Record<keyof Wording, string>> }

/** Mails the words as typed, in a sample, to whoever typed them: by the queue, as a client would get it. */
export async function sendSample(
  tx: Tx,
  actor: Actor,
  { kind, locale, typed }: { kind: WordedKind; locale: Locale; typed: Typed },
): Promise<SampleSent> {
  if (actor.kind !== 'staff' || !mayManage(actor)) return { ok: false, because: 'not-allowed' }
  const checked = checkWording(kind, typed)
  if (!checked.ok) return { ok: false, because: 'words', problems: checked.problems }
  const me = await tx.row<{ email: string }>(sql`
    select email from staff where tenant_id = ${tx.tenantId} and id = ${actor.staffId} and disabled_at is null`)
  if (me === undefined) return { ok: false, because: 'not-allowed' }
  const tenant = await getTenant(tx)
  const mail = await sampleMail(kind, {
    ...{ sender: tenant, locale, today: todayIn(tenant.timeZone), currency: tenant.currency },
    wording: wordingOf(kind, locale, checked.typed),
    url: await tenantAddress(tx),
  }).render()
  await queueMessage(tx, {
    key: `sample:${newId()}`,
    kind: 'sample',
    to: me.email,
    locale,
    ...mail,
    subject: wordsIn(locale)('mail.sampleSubject', { subject: mail.subject }),
  })
  return { ok: true, to: me.email }
}
