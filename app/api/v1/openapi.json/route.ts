import { apiDocument } from '../document'

export const dynamic = 'force-dynamic'

/** What the API can do, for people and for programs that write programs. It holds nothing of anybody. */
export async function GET(): Promise<Response> {
  return Response.json(apiDocument(), { headers: { 'cache-control': 'no-store' } })
}
