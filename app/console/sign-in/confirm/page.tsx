import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'
import { asksForCode } from '@/lib/access/confirm-sign-in'
import { readCookie } from '@/lib/access/cookies'
import { Door } from '../door'
import { confirm } from './confirm'

export const metadata = { title: 'Sign in', referrer: 'no-referrer' }

const refusals: Record<string, { title: string; text: string }> = {
  expired: {
    title: 'This link has expired',
    text: 'A link works once and for ten minutes. Ask for a new one; it takes a few seconds.',
  },
  throttled: { title: 'Too many tries', text: 'Wait ten minutes, then ask for a new link.' },
}

/** Where the mailed link leads. Opening it signs nobody in: mail scanners open links too. A press does. */
export default async function ConfirmPage({
  searchParams,
}: {
  searchParams: Promise<{ tenant?: string; token?: string; because?: string; left?: string }>
}) {
  const { tenant = '', token = '', because, left } = await searchParams
  if (token === '') {
    const refusal = because === undefined ? undefined : (refusals[because] ?? refusals.expired)
    const { title, text } = refusal ?? { title: 'This link is incomplete', text: 'Copy the whole of it from the mail.' }
    return (
      <Door title={title}>
        <p className="text-text-2">{text}</p>
        <p>
          <a href="/console/sign-in">Ask for a new link</a>
        </p>
      </Door>
    )
  }
  const browserToken = (await readCookie('browser')) ?? ''
  const needsCode = await asksForCode({ audience: 'staff', tenantId: tenant, token, browserToken })
  return (
    <Door title="Sign in to Closeloop">
      <p className="text-text-2">
        {needsCode
          ? 'This link was asked for in another browser. Type the code which that one shows; if you did not ask for it, close this page.'
          : 'Press the button and you are in.'}
      </p>
      <form action={confirm} className="grid gap-4">
        <input type="hidden" name="tenant" value={tenant} />
        <input type="hidden" name="token" value={token} />
        {needsCode && (
          <TextField
            label="Code of six digits"
            name="code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={9}
            required
            error={because === 'code' ? `That is another code. ${triesLeft(left)}` : undefined}
          />
        )}
        <SubmitButton busy="Signing in" size="block">
          Sign in
        </SubmitButton>
      </form>
    </Door>
  )
}

function triesLeft(left: string | undefined): string {
  return left === '1' ? 'One more try, then this link is dead.' : `${Number(left) || 'A few'} tries are left.`
}
