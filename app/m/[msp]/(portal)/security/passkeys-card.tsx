import { headers } from 'next/headers'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { listPasskeys } from '@/lib/access/passkeys'
import { browserName } from '@/lib/access/user-agent'
import { formatInstant } from '@/messages/date'
import { wordsIn } from '@/messages/words'
import type { ContactVisitor } from '../visitor'
import { AddPasskey } from './add-passkey'
import { beginKey, keepKey, removeKey } from './passkey-acts'

/** A way in without the mail, for whoever wants one. */
export async function PasskeysCard({ visitor: { actor, tenant, locale } }: { visitor: ContactVisitor }) {
  const words = wordsIn(locale)
  const [passkeys, from] = await Promise.all([listPasskeys(actor), headers()])
  const { browser, system } = browserName(from.get('user-agent') ?? '')
  return (
    <Card title={words('security.passkeys')}>
      <div className="grid gap-4">
        <p className="text-text-2">{words('security.passkeysText')}</p>
        {passkeys.length > 0 && (
          <ul className="grid gap-3">
            {passkeys.map(({ id, name, createdAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3">
                <span>
                  <span className="font-medium">{name}</span>{' '}
                  <span className="text-sm text-text-2">
                    {words('security.since', { at: formatInstant(createdAt, locale, tenant.timeZone) })}
                  </span>
                </span>
                <form action={removeKey.bind(null, tenant.slug)}>
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton tone="danger" size="small" busy={words('security.ending')}>
                    {words('security.removePasskey')}
                  </SubmitButton>
                </form>
              </li>
            ))}
          </ul>
        )}
        <AddPasskey
          begin={beginKey.bind(null, tenant.slug)}
          keep={keepKey.bind(null, tenant.slug)}
          name={[browser, system].filter((part) => part !== undefined).join(', ')}
          words={{ button: words('security.addPasskey'), problem: words('security.passkeyProblem') }}
        />
      </div>
    </Card>
  )
}
