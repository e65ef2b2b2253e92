import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireStaff } from '@/lib/access/require-staff'
import { listSessions } from '@/lib/access/sessions'
import { getShell } from '@/lib/reports/shell'
import { PageFrame } from '../page-frame'
import { SessionsCard } from './sessions-card'

export const metadata = { title: 'Sign-in and security' }

export default async function SecurityPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const [{ said }, sessions, { timeZone, staffEmail }] = await Promise.all([
    searchParams,
    listSessions(actor),
    getShell(actor),
  ])
  return (
    <PageFrame crumbs={[{ name: 'Sign-in and security' }]}>
      <PageHeader title="Sign-in and security" sub={<>You sign in with a link mailed to {staffEmail}.</>} />
      {said === 'ended' && (
        <Notice tone="good" role="status">
          That browser is signed out.
        </Notice>
      )}
      {said === 'nothing' && (
        <Notice tone="warn" role="status">
          That browser was signed out already.
        </Notice>
      )}
      <SessionsCard sessions={sessions} timeZone={timeZone} />
    </PageFrame>
  )
}
