import { notFound } from 'next/navigation'
import { currentContact } from '@/lib/access/require-contact'
import { throttle } from '@/lib/access/throttle'
import { todayIn } from '@/lib/base/clock'
import { exportPersonalData } from '@/lib/privacy/export-personal-data'
import { findMsp } from '../../../msp'

/** A copy of what is kept about whoever asks, sent while it is read. Staff who look on get none. */
export async function GET(_: Request, context: { params: Promise<{ msp: string }> }): Promise<Response> {
  const { msp } = await context.params
  const actor = await currentContact(msp)
  if (actor === undefined) notFound()
  const tries = await throttle('personalData', actor.tenantId, actor.contactId)
  if (!tries.ok)
    return new Response('Too many copies within an hour.\n', {
      status: 429,
      headers: { 'retry-after': String(tries.retryAfterSeconds), 'cache-control': 'no-store' },
    })
  const { timeZone } = await findMsp(msp)
  return new Response(streamOf(exportPersonalData(actor)), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="personal-data-${todayIn(timeZone)}.json"`,
      'cache-control': 'no-store',
    },
  })
}

/** Whoever takes it slowly is waited for; whoever goes away ends the reading. */
function streamOf(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (stream) => {
      const { value, done } = await chunks.next()
      if (done === true) stream.close()
      else stream.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await chunks.return(undefined)),
  })
}
