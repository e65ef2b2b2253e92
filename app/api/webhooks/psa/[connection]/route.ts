import { takeCallback } from '@/lib/psa/take-callback'
import { orBusy } from '../../../or-busy'

const bytesMax = 256 * 1024
const status = { kept: 200, known: 200, forged: 401, unknown: 404 } as const

/** A PSA says that something changed: proved, stored, answered. What it is now is read later. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ connection: string }> },
): Promise<Response> {
  const { connection } = await params
  const body = await request.text()
  if (body.length > bytesMax) return Response.json({ error: 'This is larger than any callback.' }, { status: 413 })
  return orBusy(async () => {
    const taken = await takeCallback(connection, {
      headers: request.headers,
      body,
      params: new URL(request.url).searchParams,
    })
    return Response.json({ [taken]: true }, { status: status[taken] })
  })
}
