import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireStaff } from '@/lib/access/require-staff'
import { listTeam } from '@/lib/access/team'
import { getShell } from '@/lib/reports/shell'
import { TwoColumns } from '../../two-columns'
import { SettingsFrame } from '../settings-frame'
import { InviteForm } from './invite-form'
import { roleWords } from './roles'
import { TeamTable } from './team-table'

export const metadata = { title: 'Team' }

const news: Record<string, { tone: 'good' | 'warn'; text: string }> = {
  invited: { tone: 'good', text: 'They may sign in; a mail tells them where.' },
  changed: { tone: 'good', text: 'The role is changed. They sign in anew.' },
  removed: { tone: 'good', text: 'They are out, everywhere.' },
  reset: { tone: 'good', text: 'Their second factor is gone; they are signed out.' },
  'last-owner': { tone: 'warn', text: 'This is the last owner. Make somebody else one first.' },
  'not-owner': { tone: 'warn', text: 'Only an owner changes the team.' },
  self: { tone: 'warn', text: 'Your own second factor another owner resets, or you on your security page.' },
  unknown: { tone: 'warn', text: 'Nobody was changed: they are not here any more.' },
}

export default async function TeamPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const actor = await requireStaff()
  const { said = '' } = await searchParams
  const [team, { timeZone }] = await Promise.all([listTeam(actor), getShell(actor)])
  const isOwner = actor.role === 'owner'
  const told = news[said]
  return (
    <SettingsFrame here="/console/settings/team">
      <PageHeader title="Team" sub="Who may come in here, and what they may do." />
      {told !== undefined && (
        <Notice tone={told.tone} role="status">
          {told.text}
        </Notice>
      )}
      <TwoColumns
        main={
          <Card title="People" flush>
            <TeamTable team={team} timeZone={timeZone} own={actor.staffId} canChange={isOwner} />
          </Card>
        }
        side={
          <>
            <Card title="Invite somebody">
              {isOwner ? <InviteForm /> : <p className="text-sm text-text-2">Only an owner invites.</p>}
            </Card>
            <Card title="Roles">
              <KeyValue
                align="left"
                items={Object.values(roleWords).map(({ name, may }) => ({ key: name, label: name, value: may }))}
              />
            </Card>
          </>
        }
      />
    </SettingsFrame>
  )
}
