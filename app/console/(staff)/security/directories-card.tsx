import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LinkButton } from '@/components/ui/link-button'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Directory } from '@/lib/access/directories'
import type { IdentityRow } from '@/lib/access/staff-identities'
import { now } from '@/lib/base/clock'
import { ago, at } from '../when'
import { removeOneIdentity } from './acts'

type Props = {
  directories: readonly Directory[]
  identities: IdentityRow[]
  timeZone: string
  isFresh: boolean
}

/** The accounts outside that sign one in here, instead of the mailed link. */
export function DirectoriesCard({ directories, identities, timeZone, isFresh }: Props) {
  return (
    <Card title="Sign in without the mail" flush>
      <ul>
        {identities.map(({ id, issuer, email, createdAt, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 border-hairline border-b px-4 py-3 wide:px-5">
            <div className="min-w-0 grow">
              <p className="font-medium text-sm">
                {nameOf(directories, issuer)}
                {email !== '' && `: ${email}`}
              </p>
              <p className="text-text-3 text-xs">
                Added {at(createdAt, timeZone)},{' '}
                {lastUsedAt === null ? 'not used yet' : `used ${ago(lastUsedAt, now(), timeZone)}`}
              </p>
            </div>
            {isFresh && (
              <ConfirmDialog
                opener="Remove"
                openerSize="small"
                openerTone="danger"
                title="Remove this account"
                cancel="Keep it"
              >
                <p className="text-sm">It does not sign you in any more, until you add it here again.</p>
                <form action={removeOneIdentity}>
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton tone="danger" size="block" busy="Removing">
                    Remove it
                  </SubmitButton>
                </form>
              </ConfirmDialog>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 p-4 wide:p-5">
        {directories.map(({ id, name }) =>
          isFresh ? (
            <a key={id} href={`/console/sign-in/with/${id}?add=1`} className={buttonLook('plain')}>
              Add an account of {name}
            </a>
          ) : (
            <LinkButton key={id} href="/console/confirm?to=/console/security">
              Add an account of {name}
            </LinkButton>
          ),
        )}
      </div>
    </Card>
  )
}

function nameOf(directories: readonly Directory[], issuer: string): string {
  return directories.find((one) => one.issuer === issuer)?.name ?? new URL(issuer).host
}
