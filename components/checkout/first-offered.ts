import type { Planned } from '@/lib/payments/plan-order'
import type { SavedWay } from './saving'

/**
 * What is chosen before anybody chooses: what the client picked for the agreements, when it is the same for every invoice
 * that is paid; else the first in the list. What cannot be charged is neither.
 */
export function firstOffered(saved: readonly SavedWay[], planned: Planned): SavedWay | undefined {
  const good = saved.filter(({ problem }) => problem === undefined)
  const paid = planned.ok ? planned.plan.shares.map(({ invoiceId }) => invoiceId) : []
  const ofAll = good.find(({ pays = [] }) => paid.length > 0 && paid.every((id) => pays.includes(id)))
  return ofAll ?? good[0]
}
