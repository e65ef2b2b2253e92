import { Fault } from '@/lib/base/fault'

const retryAfterSeconds = 5

/** Answers 503 and when to come back, instead of a fault, while the database has no connection free. */
export async function orBusy(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'busy') throw error
    const headers = { 'retry-after': String(retryAfterSeconds) }
    return Response.json({ error: 'We are busy at this moment. Try again shortly.' }, { status: 503, headers })
  }
}
