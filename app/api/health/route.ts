import { checkHealth } from '@/lib/reports/health'

export const dynamic = 'force-dynamic'

/** 200 when this process can serve; 503 with what is wrong when it cannot. */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
