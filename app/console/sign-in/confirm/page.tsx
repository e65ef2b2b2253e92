import { SubmitButton } from '@/components/ui/submit-button'
import { Door } from '../door'
import { confirm } from './confirm'

export const metadata = { title: 'Sign in', referrer: 'no-referrer' }

const refusals: Record<string, { title: string; text: string }> = {
  expired: {
    title: 'This link has expired',
    text: 'A link works once and for ten minutes. Ask for a new one; it takes a few seconds.',
  },
  'other-browser': {
    title: 'Open it where you asked for it',
    text: 'This link belongs to the browser in which it was asked for. Open it there, or ask for a new one here.',
  },
  throttled: { title: 'Too many tries', text: 'Wait ten minutes, then ask for a new link.' },
}

/** Where the mailed link leads. Opening it signs nobody in: mail scanners open links too. A press does. */
export default async function ConfirmPage({
  searchParams,
}: {
  searchParams: Promise<{ tenant?: string; token?: string; because?: string }>
}) {
  const { tenant = '', token = '', because } = await searchParams
  const refusal = because === undefined ? undefined : (refusals[because] ?? refusals.expired)
  if (refusal !== undefined || token === '') {
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
  return (
    <Door title="Sign in to Closeloop">
      <p className="text-text-2">Press the button in the browser in which you asked for the link.</p>
      <form action={confirm}>
        <input type="hidden" name="tenant" value={tenant} />
        <input type="hidden" name="token" value={token} />
        <SubmitButton busy="Signing in" size="block">
          Sign in
        </SubmitButton>
      </form>
    </Door>
  )
}
