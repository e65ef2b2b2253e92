import 'server-only'
import { now, type PlainDate } from '@/lib/base/clock'
import { type Tx, withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { faultPoint } from '@/lib/base/fault-point'
import { sql } from '@/lib/base/sql'
import { externalIdOf } from '@/lib/billing/name-refs'
import { needsReconnect } from '@/lib/connectors/connection'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import type { PaidFact } from '@/lib/connectors/contract'
import { announce } from '@/lib/events/announce'
import { raise, settle } from '@/lib/events/exception'
import { formatMoney } from '@/lib/money/format'
import { money } from '@/lib/money/money'
import type { OpenPsa } from './open-psa'
import { livePsa } from './registry'

/** `paused`: no PSA is connected, or its credentials are no good; it is tried again when one is. */
export type PushOutcome = 'in_step' | 'needs_you' | 'paused'

/**
 * Brings the PSA's payment row in step with what the write-back says should stand there: adds it, or when a refund or
 * return lowered the amount, removes it and adds the rest. Safe to repeat after any crash: before the call we write down
 * what is about to stand there, and a try whose end is not known is looked for before anything else.
 * @throws ConnectorFault retry or unknown: nothing is lost, call again
 */
export async function pushWriteBack(tenantId: string, writeBackId: string): Promise<PushOutcome> {
  const opened = await withTenant(tenantId, (tx) => open(tx, writeBackId))
  if (opened === 'paused' || opened === 'in_step') return opened
  const push = new Push(tenantId, opened)
  try {
    for (let next = opened.row; ; next = await push.reread()) {
      const step = decideStep(next)
      if (step === 'done') return await push.finish()
      await push.take(step, next)
    }
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault
    return await push.settleFault(fault)
  }
}
