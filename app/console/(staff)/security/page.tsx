import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { directories } from '@/lib/access/directories'
import { factorsOf } from '@/lib/access/factors'
import { listPasskeys } from '@/lib/access/passkeys'
import { isFresh } from '@/lib/access/prove'
import { requireStaff } from '@/lib/access/require-staff'
import { listSessions } from '@/lib/access/sessions'
import { listIdentities } from '@/lib/access/staff-identities'
import { getShell } from '@/lib/reports/shell'
import { PageFrame } from '../page-frame'
import { TwoColumns } from '../two-columns'
import { DirectoriesCard } from './directories-card'
import { FactorsCard } from './factors-card'
import { RequirementCard } from './requirement-card'
import { SessionsCard } from './sessions-card'

export const metadata = { title: 'Sign-in and security' }

const news: Record<string, { tone: 'good' | 'warn'; text: string }> = {
  ended: { tone: 'good', text: 'That browser is signed out.' },
  removed: { tone: 'good', text: 'It is removed, and is not asked for any more.' },
  saved: { tone: 'good', text: 'Saved.' },
  last: {
    tone: 'warn',
    text: 'Your company asks everybody for a second factor. Add another before you remove this one.',
  },
  'none-yourself': { tone: 'warn', text: 'Add a second factor yourself before you ask everybody for one.' },
  'not-owner': { tone: 'warn', text: 'Only an owner decides this.' },
  'directory-added': { tone: 'good', text: 'Added: that account signs you in from now on.' },
  'directory-removed': { tone: 'good', text: 'Removed: that account signs you in no longer.' },
  'directory-taken': { tone: 'warn', text: 'That account belongs to a colleague here.' },
  'directory-declined': { tone: 'warn', text: 'You canceled there; nothing was added.' },
  'directory-refused': { tone: 'warn', text: 'What came back does not fit what this browser asked for. Add it again.' },
  'directory-unreachable': { tone: 'warn', text: 'It did not answer. Try again in a minute.' },
  'directory-throttled': { tone: 'warn', text: 'Too many tries. Wait ten minutes.' },
  nothing: { tone: 'warn', text: 'That was gone already.' },
}

export default async function SecurityPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const [{ said = '' }, sessions, factors, passkeys, identities, { timeZone, staffEmail }] = await Promise.all([
    searchParams,
    listSessions(actor),
    factorsOf(actor),
    listPasskeys(actor),
    listIdentities(actor),
    getShell(actor),
  ])
  const told = news[said]
  return (
    <PageFrame crumbs={[{ name: 'Sign-in and security' }]}>
      <PageHeader title="Sign-in and security" sub={<>You sign in with a link mailed to {staffEmail}.</>} />
      {told !== undefined && (
        <Notice tone={told.tone} role="status">
          {told.text}
        </Notice>
      )}
      <TwoColumns
        main={
          <>
            <FactorsCard factors={factors} passkeys={passkeys} timeZone={timeZone} isFresh={isFresh(actor)} />
            {(directories().length > 0 || identities.length > 0) && (
              <DirectoriesCard
                directories={directories()}
                identities={identities}
                timeZone={timeZone}
                isFresh={isFresh(actor)}
              />
            )}
            <SessionsCard sessions={sessions} timeZone={timeZone} />
          </>
        }
        side={<RequirementCard isOn={factors.isRequired} isOwner={actor.role === 'owner'} />}
      />
    </PageFrame>
  )
}
