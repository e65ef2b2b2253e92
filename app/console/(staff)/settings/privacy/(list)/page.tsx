import Link from 'next/link'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireStaff } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { listErasureRequests } from '@/lib/privacy/read-erasures'
import { getTenant } from '@/lib/tenancy/queries'
import { TwoColumns } from '../../../two-columns'
import { SettingsFrame } from '../../settings-frame'
import { RequestsCard } from '../requests-card'
import { RetentionForm } from '../retention-form'

export const metadata = { title: 'Personal data' }

const said: Record<string, { tone: 'good' | 'warn'; text: string }> = {
  saved: { tone: 'good', text: 'Saved. The next night goes by it.' },
  declined: { tone: 'good', text: 'Declined. They are mailed your reason, and read it on their page.' },
  erased: { tone: 'good', text: 'Erased. They cannot come in any more, and the PSA does not bring them back.' },
  'not-owner': { tone: 'warn', text: 'Only an owner does this.' },
}

/** What is kept about people, and for how long. */
export default async function PrivacySettingsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const [{ said: what = '' }, { settings, slug, timeZone }, requests] = await Promise.all([
    searchParams,
    withTenant(actor.tenantId, getTenant),
    listErasureRequests(actor),
  ])
  const told = said[what]
  return (
    <SettingsFrame here="/console/settings/privacy">
      <PageHeader
        title="Personal data"
        sub="What is kept about people, for how long, and who asks for it to be erased."
      />
      {told !== undefined && (
        <Notice tone={told.tone} role="status">
          {told.text}
        </Notice>
      )}
      <TwoColumns
        main={
          <>
            <RequestsCard requests={requests} timeZone={timeZone} />
            <Card
              title="How long it is kept"
              foot={
                <>
                  Each night lets go of what is older. Clients read these periods on{' '}
                  <Link href={`/m/${slug}/privacy`}>your privacy page</Link>.
                </>
              }
            >
              <RetentionForm retention={settings.retention} canChange={actor.role === 'owner'} />
            </Card>
          </>
        }
        side={
          <Card title="What stays">
            <div className="grid gap-2 text-sm text-text-2">
              <p>Invoices, payments and the journal: the books, which the law has you keep.</p>
              <p>The words, date and giver of each authorization: the proof you need when a debit is disputed.</p>
              <p>The audit trail. It is append-only, so that it proves something.</p>
            </div>
          </Card>
        }
      />
    </SettingsFrame>
  )
}
