import { redirect } from 'next/navigation'
import { buttonLook } from '@/components/ui/button-look'
import { Notice } from '@/components/ui/notice'
import { readCookie } from '@/lib/access/cookies'
import { directories } from '@/lib/access/directories'
import { currentStaff } from '@/lib/access/require-staff'
import { codeOf, readableCode } from '@/lib/access/sign-in-code'
import { Door } from './door'
import { SignInForm } from './sign-in-form'

export const metadata = { title: 'Sign in' }

/** What came of going to a directory, when it did not lead in. */
const refusals: Record<string, { title: string; text: string }> = {
  declined: { title: 'You canceled there', text: 'Try again, or have a link mailed to you.' },
  unreachable: { title: 'It did not answer', text: 'Try again in a minute, or have a link mailed to you.' },
  refused: {
    title: 'That sign-in is no longer good',
    text: 'It works once, within ten minutes, in one browser. Try again.',
  },
  throttled: { title: 'Too many tries', text: 'Wait ten minutes, then try again.' },
  unknown: {
    title: 'That account is not known here',
    text: 'Sign in with a mailed link, then add the account under Sign-in and security.',
  },
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ asked?: string; because?: string }>
}) {
  if ((await currentStaff()) !== undefined) redirect('/console')
  const { asked, because = '' } = await searchParams
  const refusal = refusals[because]
  const browserToken = await readCookie('browser')
  return asked === undefined ? (
    <Door title="Sign in">
      <p className="text-text-2">We mail you a link. There is no password to remember, or to steal.</p>
      {refusal !== undefined && (
        <Notice tone="warn" role="status" title={refusal.title}>
          {refusal.text}
        </Notice>
      )}
      <SignInForm />
      {directories().map(({ id, name }) => (
        // Not a Link: it leads out of the product.
        <a key={id} href={`/console/sign-in/with/${id}`} className={buttonLook('plain', 'block')}>
          Sign in with {name}
        </a>
      ))}
    </Door>
  ) : (
    <Door title="Check your mail">
      <p className="text-text-2">
        If you work at an MSP here, a link is on its way to you. It works once, within ten minutes, in this browser.
      </p>
      {browserToken !== undefined && (
        <p className="text-text-2">
          To open it in another one, type this code there:{' '}
          <strong className="mono whitespace-nowrap text-text">{readableCode(codeOf(browserToken))}</strong>
        </p>
      )}
      <p className="text-sm text-text-3">
        Nothing there? Look among the unwanted mail, or <a href="/console/sign-in">ask again</a>.
      </p>
    </Door>
  )
}
