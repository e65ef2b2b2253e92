import { SubmitButton } from '@/components/ui/submit-button'
import { readCookie } from '@/lib/access/cookies'
import { choicesIn } from '@/lib/access/enter-with-directory'
import { Door } from '../door'
import { choose } from './choose'

export const metadata = { title: 'Sign in' }

/** For those who work at several MSPs: which one now. */
export default async function ChooseMspPage() {
  const choices = await choicesIn((await readCookie('directory')) ?? '')
  if (choices.length === 0)
    return (
      <Door title="This took too long">
        <p className="text-text-2">A sign-in has ten minutes.</p>
        <p>
          <a href="/console/sign-in">Sign in again</a>
        </p>
      </Door>
    )
  return (
    <Door title="Where do you want to go?">
      {choices.map(({ tenantId, name }) => (
        <form key={tenantId} action={choose}>
          <input type="hidden" name="tenant" value={tenantId} />
          <SubmitButton tone="plain" size="block" busy="Signing in">
            {name}
          </SubmitButton>
        </form>
      ))}
    </Door>
  )
}
