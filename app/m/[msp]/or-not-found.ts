import 'server-only'
import { notFound } from 'next/navigation'
import { Fault } from '@/lib/base/fault'

/** What is not there, and what is not the reader's, are the same page. */
export async function orNotFound<Found>(found: Promise<Found>): Promise<Found> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not-found') notFound()
    throw error
  }
}
