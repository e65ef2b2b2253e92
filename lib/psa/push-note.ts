import 'server-only'
import { withTenant } from '@/lib/base/db'
import { faultPoint } from '@/lib/base/fault-point'
import { log } from '@/lib/base/log'
import { externalIdOf } from '@/lib/billing/name-refs'
import { ConnectorFault } from '@/lib/connectors/connector-fault'
import { orPause } from './or-pause'
import { livePsa } from './registry'

/**
 * Leaves a note on the invoice in the PSA, for the people who work there. The same text is written once. A note that the
 * PSA refuses is let go: it carries no money.
 * @throws ConnectorFault retry or unknown: call again
 */
export async function pushNote(
  tenantId: string,
  invoiceId: string,
  text: string,
): Promise<'written' | 'paused' | 'let-go'> {
  const opened = await withTenant(tenantId, async (tx) => {
    const live = await livePsa(tx)
    const externalId = live && (await externalIdOf(tx, live.connection.id, 'invoice', invoiceId))
    return live && { ...live, externalId }
  })
  if (opened === undefined) return 'paused'
  const { connection, psa, externalId } = opened
  const { pushNote: push } = psa
  if (push === undefined || externalId === undefined) return 'let-go'
  return orPause(tenantId, connection.id, async () => {
    try {
      await push({ invoiceExternalId: externalId, text })
      await faultPoint('note.sent')
      return 'written'
    } catch (fault) {
      if (!(fault instanceof ConnectorFault) || !['skip', 'stop'].includes(fault.cure)) throw fault
      log.warn({ tenantId, invoiceId, error: fault }, 'psa.note_refused')
      return 'let-go'
    }
  })
}
