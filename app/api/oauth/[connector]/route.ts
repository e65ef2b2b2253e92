import { redirect } from 'next/navigation'
import { requireStaff } from '@/lib/access/require-staff'
import { finishConnect } from '@/lib/accounting/connect-accounting'

const pages: Record<string, string> = { 'quickbooks-online': '/console/connections/quickbooks' }

/** The vendor sends the browser back here. Whom it was begun by, and when, stands sealed in `state`. */
export async function GET(request: Request, { params }: { params: Promise<{ connector: string }> }): Promise<Response> {
  const page = pages[(await params).connector]
  if (page === undefined) return new Response('Not found', { status: 404 })
  const actor = await requireStaff()
  const connected = await finishConnect(actor, new URL(request.url).searchParams)
  redirect(
    connected.ok
      ? `${page}?said=connected`
      : `${page}?${new URLSearchParams({ said: 'refused', reason: connected.reason })}`,
  )
}
