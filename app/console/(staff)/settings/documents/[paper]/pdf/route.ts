import { notFound } from 'next/navigation'
import { currentStaff } from '@/lib/access/require-staff'
import { paperAnswer } from '@/lib/papers/paper-answer'
import { openPaper } from '@/lib/papers/read-papers'
import { orNotFound } from '../../../../or-not-found'

/** A paper as clients get it, also one they are no longer shown. */
export async function GET(_: Request, context: { params: Promise<{ paper: string }> }) {
  const { paper: id } = await context.params
  const actor = await currentStaff()
  if (actor === undefined) notFound()
  return paperAnswer(await orNotFound(openPaper(actor, id)))
}
