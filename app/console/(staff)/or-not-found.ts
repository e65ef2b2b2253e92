import { notFound } from 'next/navigation'
import { Fault } from '@/lib/base/fault'

/** What is not there, or not theirs, is the same page: there is nothing at this address. */
export async function orNotFound<Found>(asked: Promise<Found>): Promise<Found> {
  const found = await asked.catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found') return undefined
    throw error
  })
  return found ?? notFound()
}
