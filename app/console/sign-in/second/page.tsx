import { redirect } from 'next/navigation'
import { factorsOf } from '@/lib/access/factors'
import { currentStaff, waitingStaff } from '@/lib/access/require-staff'
import { Door } from '../door'
import { AddFactor } from './add-factor'
import { ProveForm } from './prove-form'

export const metadata = { title: 'Second factor' }

/** Between the mailed link and the console: the second factor, or the first time it is set up. */
export default async function SecondFactorPage() {
  const actor = await waitingStaff()
  if (actor === undefined) redirect((await currentStaff()) === undefined ? '/console/sign-in' : '/console')
  const { passkeys, hasApp } = await factorsOf(actor)
  if (passkeys > 0 || hasApp)
    return (
      <Door title="One more step">
        <p className="text-text-2">The link was right. Now show that it is you who opened it.</p>
        <ProveForm hasPasskey={passkeys > 0} to="/console" />
      </Door>
    )
  return (
    <Door title="Add a second factor">
      <p className="text-text-2">
        Your company asks everybody for one, so that a stolen mailbox does not open its books. It takes a minute, once.
      </p>
      <AddFactor />
    </Door>
  )
}
