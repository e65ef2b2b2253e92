// One full sync, as the worker does it, in a process whose memory is looked at from outside.
import { closeDatabase } from '@/lib/base/db'
import { syncPsa } from '@/lib/psa/sync-psa'

process.on('message', (message) => {
  const { tenantId, connectionId } = message as { tenantId: string; connectionId: string }
  syncPsa(tenantId, connectionId, { full: true }).then(
    (report) => process.send?.({ invoices: report === 'paused' ? 0 : report.invoices.read }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => void closeDatabase().then(() => process.exit(0)))
