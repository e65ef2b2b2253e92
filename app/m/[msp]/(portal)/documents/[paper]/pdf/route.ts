import { notFound } from 'next/navigation'
import { currentReader } from '@/lib/access/require-contact'
import { paperAnswer } from '@/lib/papers/paper-answer'
import { openPaper } from '@/lib/papers/read-papers'
import { orNotFound } from '../../../../or-not-found'

/** A paper of the MSP's, for this client or for all. */
export async function GET(_: Request, context: { params: Promise<{ msp: string; paper: string }> }) {
  const { msp, paper: id } = await context.params
  const actor = await currentReader(msp)
  if (actor === undefined) notFound()
  return paperAnswer(await orNotFound(openPaper(actor, id)))
}
