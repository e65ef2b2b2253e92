import { notFound } from 'next/navigation'
import { Fault } from '@/lib/base/fault'

/** What is not there, not theirs, or not for their role, is the same page: there is nothing at this address. */
export async function orNotFound<Found>(asked: Promise<Found>): Promise<Found> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Fault && (error.kind === 'not-found' || error.kind === 'forbidden')) notFound()
    throw error
  }
}
