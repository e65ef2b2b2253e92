import 'server-only'
import { withTenant } from '@/lib/base/db'
import { raise } from '@/lib/events/exception'
import { askSender, keepSenderCheck, readSender, readSenderCheck, senderRecords } from '@/lib/mail/sender/check-sender'
import { judgeSender } from '@/lib/mail/sender/sender'

/**
 * Asks once a day whether the sender's domain still vouches for its mail, where somebody has asked before. A record that
 * was in order and is not any more sends invoices to spam without anybody noticing: a person is told, until a check finds
 * it in order again. What was never in order is told by the page alone.
 */
export async function watchSender(tenantId: string): Promise<void> {
  const sender = readSender()
  const before = await withTenant(tenantId, readSenderCheck)
  if (before === undefined || !sender.isPublic) return
  const found = await askSender(sender, before.selector)
  const was = judgeSender(sender, before.selector, before.answers)
  const is = judgeSender(sender, found.selector, found.answers)
  const wasGood = senderRecords.filter((record) => was[record].state === 'good')
  // A silent name server is no answer: what was good is compared with the next one.
  if (wasGood.some((record) => is[record].state === 'unknown')) return
  await withTenant(tenantId, async (tx) => {
    await keepSenderCheck(tx, sender, found)
    for (const record of wasGood.filter((one) => is[one].state === 'bad'))
      await raise(tx, {
        cause: 'sender-lost',
        subject: { kind: 'sender', id: record },
        detail: `${record.toUpperCase()} of ${sender.domain} was in order and is not any more. ${is[record].says.join(' ')}`,
        nextStep:
          'Put the record back where the domain is kept, then check again. Until then mail may land among spam.',
      })
  })
}
