import { redirect } from 'next/navigation'
import { SubmitButton } from '@/components/ui/submit-button'
import { factorsOf } from '@/lib/access/factors'
import { isFresh } from '@/lib/access/prove'
import { requireStaff } from '@/lib/access/require-staff'
import { Door } from '../sign-in/door'
import { ProveForm } from '../sign-in/second/prove-form'
import { mailProof } from './mail-proof'

export const metadata = { title: 'Confirm that it is you' }

type Props = { searchParams: Promise<{ to?: string; said?: string }> }

/** Before money or the keys to it move: a second factor, or where there is none a fresh link by mail. */
export default async function ConfirmPage({ searchParams }: Props) {
  const actor = await requireStaff()
  const { to = '/console', said } = await searchParams
  const onward = to.startsWith('/console') ? to : '/console'
  if (isFresh(actor)) redirect(onward)
  const { passkeys, hasApp } = await factorsOf(actor)
  return (
    <Door title="Confirm that it is you">
      <p className="text-text-2">
        You signed in a while ago. Before money moves, or the keys to it change hands, we ask again; then not for ten
        minutes.
      </p>
      {passkeys > 0 || hasApp ? (
        <ProveForm hasPasskey={passkeys > 0} to={onward} />
      ) : (
        <form action={mailProof} className="grid gap-4">
          <input type="hidden" name="to" value={onward} />
          {said === 'busy' && <p className="text-bad">Too many links were asked for. Wait ten minutes.</p>}
          <SubmitButton busy="Sending" size="block">
            Mail me a link
          </SubmitButton>
        </form>
      )}
      <p>
        <a href={onward}>Back, without changing anything</a>
      </p>
    </Door>
  )
}
