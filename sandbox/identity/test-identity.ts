import { SimClock } from '../kernel/clock.ts'
import { type IdentityService, startIdentity } from './start-identity.ts'

/** The directory alone, for tests of what signs in there. */
export function startTestIdentity(): Promise<IdentityService> {
  return startIdentity({
    clock: new SimClock(),
    seed: 'test',
    port: () => 0,
    happened: () => undefined,
    world: { msp: { email: 'billing@larkfield.example' } },
  })
}

/** What a person does there: opens the address they were sent to and presses an account. @returns where they are sent back to */
export async function chooseAccount(url: string, subject: string): Promise<URL> {
  const { origin, search } = new URL(url)
  const answer = await fetch(`${origin}/_sandbox/choose`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ query: search.slice(1), subject }),
  })
  const location = answer.headers.get('location')
  if (location === null) throw new Error(await answer.text())
  return new URL(location)
}
