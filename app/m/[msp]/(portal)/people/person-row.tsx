import { Badge } from '@/components/ui/badge'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { type ClientPerson, contactRoles } from '@/lib/access/people'
import { formatInstant } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { Visitor } from '../visitor'
import { giveRole, remove } from './acts'

type Props = { person: ClientPerson; visitor: Visitor; canChange: boolean }

/** Somebody of the company; an owner changes their role or takes them out. */
export function PersonRow({ person, visitor, canChange }: Props) {
  const { locale, tenant, actor } = visitor
  const words = wordsIn(locale)
  const { lastSeenAt } = person
  return (
    <li className="grid gap-3 border-hairline px-4.5 py-4 wide:grid-cols-[1fr_auto] wide:items-center wide:px-6 [&+&]:border-t">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {person.name}
          <Badge>{words(`people.roles.${person.role}`)}</Badge>
          {actor.kind === 'contact' && person.id === actor.contactId && (
            <Badge tone="good">{words('people.you')}</Badge>
          )}
        </p>
        <p className="break-words text-sm text-text-2">
          {[
            person.email,
            ...(person.isBilling ? [words('people.billing')] : []),
            lastSeenAt === null
              ? words('people.never')
              : words('people.seen', { at: formatInstant(lastSeenAt, locale, tenant.timeZone) }),
          ].join(' · ')}
        </p>
      </div>
      {canChange && (
        <div className="flex flex-wrap gap-2">
          <ChangeRole person={person} visitor={visitor} />
          <Remove person={person} visitor={visitor} />
        </div>
      )}
    </li>
  )
}

type Act = Omit<Props, 'canChange'>

function ChangeRole({ person: { id, name, role }, visitor: { locale, tenant, lang } }: Act) {
  const words = wordsIn(locale)
  return (
    <ConfirmDialog
      opener={<Named act={words('people.change')} name={name} />}
      title={words('people.changeTitle', { name })}
      cancel={words('people.cancel')}
    >
      <form action={giveRole.bind(null, tenant.slug, lang)} className="grid gap-4">
        <input type="hidden" name="id" value={id} />
        <SelectField label={words('people.role')} name="role" defaultValue={role}>
          {contactRoles.map((one) => (
            <option key={one} value={one}>
              {words(`people.roles.${one}`)}
            </option>
          ))}
        </SelectField>
        <p className="text-sm">{words('people.changeText')}</p>
        <SubmitButton size="block" busy={words('people.changing')}>
          {words('people.changeButton')}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

function Remove({ person: { id, name }, visitor: { locale, tenant, lang } }: Act) {
  const words = wordsIn(locale)
  return (
    <ConfirmDialog
      opener={<Named act={words('people.remove')} name={name} />}
      openerTone="danger"
      title={words('people.removeTitle', { name })}
      cancel={words('people.keep')}
    >
      <p className="text-sm">{words('people.removeText', { msp: tenant.name })}</p>
      <form action={remove.bind(null, tenant.slug, lang)}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton tone="danger" size="block" busy={words('people.removing')}>
          {words('people.removeButton', { name })}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}

/** The act, and for whoever hears it, on whom. */
function Named({ act, name }: { act: string; name: string }) {
  return (
    <>
      {act}
      <span className="sr-only">: {name}</span>
    </>
  )
}
