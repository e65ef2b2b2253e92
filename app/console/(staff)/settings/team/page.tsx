import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireStaff } from '@/lib/access/require-staff'
import { listTeam } from '@/lib/access/team'
import { withTenant } from '@/lib/base/db'
import { toDecimal } from '@/lib/money/wire'
import { getTenant } from '@/lib/tenancy/queries'
import { cash } from '../../cash'
import { TwoColumns } from '../../two-columns'
import { SettingsFrame } from '../settings-frame'
import { InviteForm } from './invite-form'
import { roleWords } from './roles'
import { SecondPersonForm } from './second-person-form'
import { TeamTable } from './team-table'

export const metadata = { title: 'Team' }

const news: Record<string, { tone: 'good' | 'warn'; text: string }> = {
  invited: { tone: 'good', text: 'They may sign in; a mail tells them where.' },
  changed: { tone: 'good', text: 'The role is changed. They sign in anew.' },
  second: { tone: 'good', text: 'Saved. It holds for what is asked for from now on.' },
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
  const [team, { timeZone, currency, settings }] = await Promise.all([
    listTeam(actor),
    withTenant(actor.tenantId, getTenant),
  ])
  const above = settings.secondPersonAboveMinor
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
            <Card title="A second person">
              <div className="grid gap-3 text-sm">
                <p>
                  {above === undefined
                    ? 'One person is enough for any refund, and to change the Stripe account payouts come from.'
                    : `Above ${cash({ minor: BigInt(above), currency })} a refund waits until another owner or finance person approves it, and so does a change of the Stripe account payouts come from. Parts of one payment count together.`}
                </p>
                {isOwner ? (
                  <SecondPersonForm
                    amount={above === undefined ? '' : toDecimal({ minor: BigInt(above), currency })}
                    currency={currency}
                  />
                ) : (
                  <p className="text-text-3">An owner decides this.</p>
                )}
              </div>
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
