import { cache } from 'react'
import { requireStaff } from '@/lib/access/require-staff'
import { getPayout } from '@/lib/settlement/get-payout'
import { orNotFound } from '../../or-not-found'

/** Read once per request: the layout asks whether it is there, the page shows it. */
export const readPayout = cache(async (id: string) => orNotFound(getPayout(await requireStaff(), id)))
