import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PortalContact, PortalStanding } from '@/lib/access/appoint-contact'
import { now } from '@/lib/base/clock'
import { ago } from '../../when'
import { appoint } from './appoint'

type Props = { clientId: string; people: PortalContact[]; canAppoint: boolean; timeZone: string }

const roles = { owner: 'Owner', payer: 'Payer', viewer: 'Viewer' }
const may = {
  owner: 'Owner: sees and pays everything, decides who comes in',
  payer: 'Payer: sees everything, pays, keeps the payment methods',
  viewer: 'Viewer: sees invoices, statements and receipts',
}
const outside: Record<Exclude<PortalStanding, 'in'>, string> = {
  gone: 'Left in the PSA: cannot come in',
  'no-address': 'No address in the PSA: cannot sign in',
  'taken-out': 'Taken out by an owner of theirs',
}

/** Who of the client comes into its portal, and as what. Staff appoint where the client cannot do it itself. */
export function PortalCard({ clientId, people, canAppoint, timeZone }: Props) {
  const hasOwner = people.some(({ role, standing }) => role === 'owner' && standing === 'in')
  const mayAppoint = ({ standing }: PortalContact) =>
    canAppoint && (standing === 'in' || (standing === 'taken-out' && !hasOwner))
  return (
    <Card title="In the portal" flush>
      <ul className="text-sm">
        {!hasOwner && (
          <li className="px-4 py-3 wide:px-5">
            <Notice tone="warn" title="Nobody here is an owner.">
              {canAppoint
                ? 'So nobody there can invite or remove colleagues. Give somebody the role.'
                : 'So nobody there can invite or remove colleagues. An owner or finance person gives somebody the role.'}
            </Notice>
          </li>
        )}
        {people.map((person) => (
          <li
            key={person.id}
            className="flex items-center justify-between gap-3 border-hairline px-4 py-2.5 not-first:border-t wide:px-5"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
                {person.name}
                <Badge>{roles[person.role]}</Badge>
              </p>
              <p className="text-text-3 text-xs [overflow-wrap:anywhere]">
                {person.standing !== 'in'
                  ? outside[person.standing]
                  : person.lastSeenAt === null
                    ? 'Has not been there yet'
                    : `Last there ${ago(person.lastSeenAt, now(), timeZone)}`}
              </p>
            </div>
            {mayAppoint(person) && <Appoint clientId={clientId} person={person} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Appoint({ clientId, person: { id, name, role, email } }: { clientId: string; person: PortalContact }) {
  return (
    <ConfirmDialog
      opener={
        <>
          Role<span className="sr-only">: {name}</span>
        </>
      }
      openerSize="small"
      title={`The role of ${name}`}
    >
      <form action={appoint} className="grid gap-4 text-sm">
        <input type="hidden" name="clientId" value={clientId} />
        <input type="hidden" name="contactId" value={id} />
        <SelectField label="Role in the portal" name="role" defaultValue={role}>
          {Object.entries(may).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </SelectField>
        <p className="[overflow-wrap:anywhere]">
          Whoever reads {email} can sign in with it. They are signed out, and come back in the new role. You are asked
          who you are first, and it stands in the audit trail.
        </p>
        <SubmitButton size="block" busy="Changing">
          Change the role
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
