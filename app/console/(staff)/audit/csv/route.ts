import { currentStaff } from '@/lib/access/require-staff'
import { todayIn } from '@/lib/base/clock'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { AuditSearch, readAuditFilter } from '@/lib/reports/audit-filter'
import type { AuditLine } from '@/lib/reports/audit-trail'
import { actorWords, actsMatching, actWords, detailWords, subjectWords } from '@/lib/reports/audit-words'
import { exportAudit } from '@/lib/reports/export-audit'
import { streamCsv } from '@/lib/reports/stream-csv'
import { getTenant } from '@/lib/tenancy/queries'
import { type Locale, localeOf, wordsIn } from '@/messages/words'

const columns = ['at', 'who', 'what', 'object', 'detail', 'before', 'after', 'from', 'browser'] as const

/** The trail as it is filtered, in the MSP's language, sent line by line while it is read. */
export async function GET(request: Request): Promise<Response> {
  const actor = await currentStaff()
  if (actor === undefined) return new Response('Not found', { status: 404 })
  const tenant = await withTenant(actor.tenantId, getTenant)
  const locale = localeOf(tenant.locale)
  const asked = AuditSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const filter = readAuditFilter(asked)
  const lines = await exportAudit(actor, filter, { asked, matching: actsMatching(filter.search, locale) }).catch(
    asMissing,
  )
  if (lines === undefined) return new Response('Not found', { status: 404 })
  const heading = columns.map((name) => wordsIn(locale)(`audit.column.${name}`))
  return new Response(streamCsv(heading, rowsOf(lines, locale, tenant.currency)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${todayIn(tenant.timeZone)}.csv"`,
      'cache-control': 'no-store',
    },
  })
}

async function* rowsOf(batches: AsyncGenerator<AuditLine[]>, locale: Locale, currency: string) {
  for await (const lines of batches) yield lines.map((line) => cellsOf(line, locale, currency))
}

function cellsOf(line: AuditLine, locale: Locale, currency: string): string[] {
  const words = wordsIn(locale)
  const { before, after, rest } = detailWords(line, locale, currency)
  return [
    line.at.toISOString(),
    actorWords(line, words),
    actWords(line.action, words),
    subjectWords(line, words),
    rest.join('; '),
    before.join('; '),
    after.join('; '),
    line.address ?? '',
    line.userAgent ?? '',
  ]
}

function asMissing(error: unknown): undefined {
  if (error instanceof Fault && error.kind === 'not-found') return undefined
  throw error
}
