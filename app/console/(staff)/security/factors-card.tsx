import { KeyRound, Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LinkButton } from '@/components/ui/link-button'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Factors } from '@/lib/access/factors'
import type { PasskeyRow } from '@/lib/access/passkeys'
import { now } from '@/lib/base/clock'
import { AddFactor } from '../../sign-in/second/add-factor'
import { ago, at } from '../when'
import { removeOneFactor } from './acts'
import { RenewCodes } from './renew-codes'

type Props = { factors: Factors; passkeys: PasskeyRow[]; timeZone: string; isFresh: boolean }

/** What is asked after the mailed link, and what helps when it is lost. */
export function FactorsCard({ factors, passkeys, timeZone, isFresh }: Props) {
  const hasAny = factors.hasApp || passkeys.length > 0
  return (
    <Card title="Second factor" flush>
      <ul>
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <Factor
            key={id}
            icon={<KeyRound aria-hidden size={16} />}
            name={name}
            about={`Added ${at(createdAt, timeZone)}, ${lastUsedAt === null ? 'not used yet' : `used ${ago(lastUsedAt, now(), timeZone)}`}`}
          >
            {isFresh && <Remove name={name} passkeyId={id} />}
          </Factor>
        ))}
        {factors.hasApp && (
          <Factor
            icon={<Smartphone aria-hidden size={16} />}
            name="App with six digits"
            about="Asked for at sign-in, each code once"
          >
            {isFresh && <Remove name="the app" />}
          </Factor>
        )}
      </ul>
      <div className="grid gap-4 p-4 wide:p-5">
        {!hasAny && (
          <p className="text-sm text-text-2">
            None. Whoever can read your mail can sign in as you; a passkey or an app stops that.
          </p>
        )}
        {isFresh ? (
          <>
            {hasAny && <RenewCodes left={factors.recoveryCodesLeft} />}
            <div className="max-w-90">
              <AddFactor onward="/console/security" />
            </div>
          </>
        ) : (
          <p>
            <LinkButton href="/console/confirm?to=/console/security">
              {hasAny ? 'Change them' : 'Add a second factor'}
            </LinkButton>
          </p>
        )}
      </div>
    </Card>
  )
}

type FactorProps = { icon: ReactNode; name: string; about: string; children: ReactNode }

function Factor({ icon, name, about, children }: FactorProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b px-4 py-3 wide:px-5">
      {icon}
      <div className="min-w-0 grow">
        <p className="font-medium text-sm">{name}</p>
        <p className="text-text-3 text-xs">{about}</p>
      </div>
      {children}
    </li>
  )
}

function Remove({ name, passkeyId }: { name: string; passkeyId?: string }) {
  return (
    <ConfirmDialog opener="Remove" openerSize="small" openerTone="danger" title={`Remove ${name}`} cancel="Keep it">
      <p className="text-sm">It is not asked for any more, and cannot be used to sign in.</p>
      <form action={removeOneFactor}>
        {passkeyId !== undefined && <input type="hidden" name="id" value={passkeyId} />}
        <SubmitButton tone="danger" size="block" busy="Removing">
          Remove it
        </SubmitButton>
      </form>
    </ConfirmDialog>
  )
}
