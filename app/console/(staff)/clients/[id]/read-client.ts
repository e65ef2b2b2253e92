import { cache } from 'react'
import { requireStaff } from '@/lib/access/require-staff'
import { getClient } from '@/lib/billing/queries'
import { orNotFound } from '../../or-not-found'

/** Read once per request: the layout asks whether it is there, the page shows it. */
export const readClient = cache(async (id: string) => orNotFound(getClient(await requireStaff(), id)))
