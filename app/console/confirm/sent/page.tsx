import { readCookie } from '@/lib/access/cookies'
import { requireStaff } from '@/lib/access/require-staff'
import { codeOf, readableCode } from '@/lib/access/sign-in-code'
import { Door } from '../../sign-in/door'

export const metadata = { title: 'Check your mail' }

export default async function SentPage() {
  await requireStaff()
  const browserToken = await readCookie('browser')
  return (
    <Door title="Check your mail">
      <p className="text-text-2">
        A link is on its way to you. It works once, within ten minutes, in this browser, and leads back to where you
        were.
      </p>
      {browserToken !== undefined && (
        <p className="text-text-2">
          To open it in another one, type this code there:{' '}
          <strong className="mono whitespace-nowrap text-text">{readableCode(codeOf(browserToken))}</strong>
        </p>
      )}
      <p>
        <a href="/console">Back to the console</a>
      </p>
    </Door>
  )
}
