import { cache } from 'react'
import { requireStaff } from '@/lib/access/require-staff'
import { readErasureOutlook } from '@/lib/privacy/read-erasures'
import { orNotFound } from '../../../or-not-found'

/** Read once per request: the layout asks whether the person is there, the page shows them. */
export const readOutlook = cache(async (contact: string) =>
  orNotFound(readErasureOutlook(await requireStaff(), contact)),
)
