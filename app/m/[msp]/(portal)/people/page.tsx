import { Card } from '@/components/ui/card'
import { KeyValue } from '@/components/ui/key-value'
import { Notice } from '@/components/ui/notice'
import { contactRoles, listPeople } from '@/lib/access/people'
import { listOf, wordsIn } from '@/messages/words'
import { PortalFrame } from '../portal-frame'
import { openPortal, portalMetadata } from '../visitor'
import { invite } from './acts'
import { InviteForm } from './invite-form'
import { PersonRow } from './person-row'
import { type Said, saidIn } from './said'

type Props = { params: Promise<{ msp: string }>; searchParams: Promise<{ lang?: string; said?: string }> }

export const generateMetadata = portalMetadata((words) => words('people.title'))

/** Who of the company may come in, and what they may do. Owners change it. */
export default async function PeoplePage({ params, searchParams }: Props) {
  const [{ msp }, { lang, said }] = await Promise.all([params, searchParams])
  const visitor = await openPortal(msp, lang)
  const { actor, locale, tenant, company } = visitor
  const words = wordsIn(locale)
  const people = await listPeople(actor)
  const canChange = actor.kind === 'contact' && actor.role === 'owner'
  const told = saidIn(said)
  const owners = people.filter(({ role }) => role === 'owner').map(({ name }) => name)
  const because = (word: Said) => words(`people.said.${word}`, { msp: tenant.name })
  return (
    <PortalFrame visitor={visitor} at="people" path="/people">
      <div className="grid gap-1">
        <h1 className="h1">{words('people.title')}</h1>
        <p className="text-text-2">{words('people.sub', { company })}</p>
      </div>
      {told !== undefined && (
        <Notice tone={told.tone} role="status">
          {because(told.what)}
        </Notice>
      )}
      <div className="grid items-start gap-4 wide:gap-6 full:grid-cols-[minmax(0,1fr)_336px]">
        <Card
          flush
          title={words('people.title')}
          {...(canChange
            ? {}
            : {
                foot:
                  owners.length === 0
                    ? words('people.noOwner', { msp: tenant.name })
                    : words('people.ownerOnly', { owners: listOf(owners, locale) }),
              })}
        >
          <ul>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} visitor={visitor} canChange={canChange} />
            ))}
          </ul>
        </Card>
        <div className="grid gap-4 wide:gap-6">
          {canChange && (
            <Card title={words('people.invite')}>
              <InviteForm
                invite={invite.bind(null, tenant.slug, lang)}
                roles={contactRoles.map((role) => ({ role, name: words(`people.roles.${role}`) }))}
                words={{
                  ...{ name: words('people.name'), email: words('people.email'), role: words('people.role') },
                  ...{ button: words('people.inviteButton'), busy: words('people.inviting') },
                  ...{ note: words('people.inviteNote'), refused: words('people.notInvited') },
                  because: {
                    'not-owner': because('not-owner'),
                    already: because('already'),
                    gone: because('gone'),
                    unknown: because('unknown'),
                    'last-owner': because('last-owner'),
                    incomplete: because('incomplete'),
                    'too-often': because('too-often'),
                  },
                }}
              />
            </Card>
          )}
          <Card title={words('people.rolesHeading')}>
            <KeyValue
              align="left"
              items={contactRoles.map((role) => ({
                key: role,
                label: words(`people.roles.${role}`),
                value: words(`people.may.${role}`),
              }))}
            />
          </Card>
        </div>
      </div>
    </PortalFrame>
  )
}
