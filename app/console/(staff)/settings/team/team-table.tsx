import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th, Tr } from '@/components/ui/table'
import type { Colleague } from '@/lib/access/team'
import { now } from '@/lib/base/clock'
import { ago } from '../../when'
import { giveRole, removeColleague, resetColleague } from './acts'
import { roleWords } from './roles'

type Props = { team: Colleague[]; timeZone: string; own: string; canChange: boolean }

/** Everybody who works here; an owner changes them. */
export function TeamTable({ team, timeZone, own, canChange }: Props) {
  return (
    <Table caption="People" wide>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Role</Th>
          <Th>Second factor</Th>
          <Th num>Last seen</Th>
          {canChange && (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          )}
        </tr>
      </thead>
      <Tbody>
        {team.map((colleague) => (
          <Tr key={colleague.id}>
            <Td>
              <div className="font-medium">{colleague.name}</div>
              <div className="text-text-3 text-xs">{colleague.email}</div>
            </Td>
            <Td>{roleWords[colleague.role].name}</Td>
            <Td>{colleague.hasFactor ? 'Yes' : 'None'}</Td>
            <Td num>{colleague.lastSeenAt === null ? 'never' : ago(colleague.lastSeenAt, now(), timeZone)}</Td>
            {canChange && (
              <Td>
                <div className="flex justify-end gap-1.5">
                  <ChangeRole colleague={colleague} />
                  {colleague.hasFactor && colleague.id !== own && <Reset colleague={colleague} />}
                  <Remove colleague={colleague} />
                </div>
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function ChangeRole({ colleague: { id, name, role } }: { colleague: Colleague }) {
  return (
    <ConfirmDialog opener="Role" openerSize="small" title={`The role of ${name}`}>
      <form action={giveRole} className="grid gap-4">
        <input type="hidden" name="id" value={id} />
        <SelectField label="Role" name="role" defaultValue={role}>
          {Object.entries(roleWords).map(([value, { name: word }]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <p className="text-sm">They are signed out, and come back in the new role.</p>
        <SubmitButton size="block" busy="Changing">
          Change the role
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

function Reset({ colleague: { id, name } }: { colleague: Colleague }) {
  return (
    <ConfirmDialog opener="Reset second factor" openerSize="small" title={`Reset the second factor of ${name}`}>
      <p className="text-sm">
        For whoever has lost the device and the recovery codes. Make sure that it is them who asks: by voice, not by
        mail.
      </p>
      <form action={resetColleague}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton tone="danger" size="block" busy="Resetting">
          Reset it
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

function Remove({ colleague: { id, name } }: { colleague: Colleague }) {
  return (
    <ConfirmDialog opener="Remove" openerSize="small" openerTone="danger" title={`Remove ${name}`} cancel="Keep them">
      <p className="text-sm">They are signed out everywhere at once. What they did stays under their name.</p>
      <form action={removeColleague}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton tone="danger" size="block" busy="Removing">
          Remove {name}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
