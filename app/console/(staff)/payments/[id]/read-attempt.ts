import { cache } from 'react'
import { requireStaff } from '@/lib/access/require-staff'
import { getAttempt } from '@/lib/payments/queries'
import { orNotFound } from '../../or-not-found'

/** Read once per request: the layout asks whether it is there, the page shows it. */
export const readAttempt = cache(async (id: string) => orNotFound(getAttempt(await requireStaff(), id)))
