import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { mayReadTrail } from '@/lib/access/actor'
import { requireStaff } from '@/lib/access/require-staff'

/** Stands outside the skeleton, so that whoever may not read it is answered with 404, not with a page that says so. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  if (!mayReadTrail(await requireStaff())) notFound()
  return children
}
