import { readMetrics } from '@/lib/reports/metrics'

export const dynamic = 'force-dynamic'

/** Prometheus text. Counts and ages only: no names, no amounts of anyone. */
export async function GET(): Promise<Response> {
  return new Response(await readMetrics(), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  })
}
