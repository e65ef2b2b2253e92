import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { todayIn } from '@/lib/base/clock'
import type { Tx } from '@/lib/base/db'
import { newId } from '@/lib/base/ids'
import type { Money } from '@/lib/money/money'
import { getTenant } from '@/lib/tenancy/queries'
import { localeOf } from '@/messages/words'
import { type Agreed, holderOf, onceAgreed, saveAgreed } from './agreed'
import { ensurePayer } from './ensure-payer'
import { type Gateway, GatewayFault } from './gateway'
import { openSetup, recordConsent } from './record-consent'
import type { Order, Where } from './result'

type Opened = {
  attemptId: string
  clientId: string
  account: string
  amount: Money
  numbers: string[]
  debit: Order['debit']
}

/** Under whom what is typed is saved, when it is to be; only for those who stand for a client. */
export async function customerToSaveFor(
  actor: Actor,
  order: Pick<Order, 'agreed'>,
  gateway: Gateway,
): Promise<string | 'unreachable' | undefined> {
  if (order.agreed?.save === undefined || !('clientId' in actor)) return undefined
  return ensurePayer(actor.tenantId, gateway, actor.clientId).catch((error: unknown) => {
    if (error instanceof GatewayFault) return 'unreachable' as const
    throw error
  })
}

/**
 * Keeps the words that were agreed to with the attempt that rests on them, in its transaction.
 * @returns false when the page showed other words than those in force
 */
export async function keepAgreed(
  tx: Tx,
  actor: Actor,
  agreed: Agreed,
  { locale, ip, userAgent }: Where,
  opened: Opened,
  customerId: string | undefined,
): Promise<boolean> {
  const tenant = await getTenant(tx)
  const facts = { tenant, locale: localeOf(locale), today: todayIn(tenant.timeZone) }
  const given = { language: facts.locale, ip, userAgent }
  if (agreed.once !== undefined) {
    const kind = opened.debit === undefined ? 'bank_once' : 'pad_once'
    const once = onceAgreed(kind, agreed, facts, opened)
    if (once === 'changed') return false
    await recordConsent(tx, actor, opened, { ...once, ...given })
  }
  if (customerId !== undefined && agreed.save !== undefined) {
    const save = saveAgreed(agreed, facts)
    if (save === 'changed') return false
    const accountKind = holderOf(agreed.save)
    const { attemptId, clientId, account } = opened
    await openSetup(
      tx,
      actor,
      { setupId: newId(), attemptId, clientId, account, customerId },
      { ...save, ...given, ...(accountKind === undefined ? {} : { accountKind }) },
    )
  }
  return true
}
