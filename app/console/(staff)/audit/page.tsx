import { Download, ScrollText } from 'lucide-react'
import { z } from 'zod'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { AuditSearch, readAuditFilter } from '@/lib/reports/audit-filter'
import { listAuditPeople } from '@/lib/reports/audit-people'
import { readAuditTrail } from '@/lib/reports/audit-trail'
import { actsMatching, subjectWords } from '@/lib/reports/audit-words'
import { getTenant } from '@/lib/tenancy/queries'
import { wordsIn } from '@/messages/words'
import { address } from '../address'
import { readCursor, writeCursor } from '../cursor'
import { MoreRows } from '../more-rows'
import { orNotFound } from '../or-not-found'
import { PageFrame } from '../page-frame'
import { FilterCard } from './filter-card'
import { TrailTable } from './trail-table'

export const metadata = { title: 'Audit trail' }

const After = z.object({ at: z.iso.datetime(), id: z.uuid() })

type Props = { searchParams: Promise<Record<string, unknown> & { after?: string }> }

export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireStaff()
  const { after: asked, ...rest } = await searchParams
  const kept = AuditSearch.parse(rest)
  const filter = readAuditFilter(kept)
  const after = readCursor(After, asked)
  const matching = actsMatching(filter.search, 'en-US')
  const [{ lines, next }, people, { timeZone, currency }] = await Promise.all([
    orNotFound(readAuditTrail(actor, filter, { matching, ...(after === undefined ? {} : { after }) })),
    listAuditPeople(actor),
    withTenant(actor.tenantId, getTenant),
  ])
  const [first] = lines
  return (
    <PageFrame
      crumbs={[{ name: 'Audit trail' }]}
      acts={
        // No Link: it would fetch the file a first time by itself, and each export is written down.
        <a href={address('/console/audit/csv', kept)} download className={buttonLook()}>
          <Download aria-hidden size={16} />
          CSV
        </a>
      }
    >
      <PageHeader
        title="Audit trail"
        sub={
          filter.object === undefined || first === undefined
            ? 'Who did what, when and from where. Nothing here can be changed or taken out.'
            : `What was done to ${subjectWords(first, wordsIn('en-US'))}.`
        }
      />
      <FilterCard search={kept} people={people} />
      <Card flush>
        {first === undefined ? (
          <Empty icon={ScrollText} title="Nothing was done that fits">
            Widen the period or take a filter away. What is done from now on appears here at once.
          </Empty>
        ) : (
          <TrailTable lines={lines} timeZone={timeZone} currency={currency} kept={kept} />
        )}
      </Card>
      <MoreRows
        {...(next === undefined ? {} : { next: address('/console/audit', { ...kept, after: writeCursor(next) }) })}
        {...(after === undefined ? {} : { first: address('/console/audit', kept) })}
      />
    </PageFrame>
  )
}
