import { redirect } from 'next/navigation'
import { readCookie } from '@/lib/access/cookies'
import { currentStaff } from '@/lib/access/require-staff'
import { codeOf, readableCode } from '@/lib/access/sign-in-code'
import { Door } from './door'
import { SignInForm } from './sign-in-form'

export const metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ asked?: string }> }) {
  if ((await currentStaff()) !== undefined) redirect('/console')
  const { asked } = await searchParams
  const browserToken = await readCookie('browser')
  return asked === undefined ? (
    <Door title="Sign in">
      <p className="text-text-2">We mail you a link. There is no password to remember, or to steal.</p>
      <SignInForm />
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
