import { openApi } from '@/lib/api/openapi'
import { env } from '@/lib/base/env'
import { operations } from '../operations'

export const dynamic = 'force-dynamic'

/** What the API can do, for people and for programs that write programs. It holds nothing of anybody. */
export async function GET(): Promise<Response> {
  return Response.json(openApi(operations, env().PUBLIC_URL), { headers: { 'cache-control': 'no-store' } })
}
