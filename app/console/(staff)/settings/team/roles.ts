import type { StaffRole } from '@/lib/access/team'

/** What each role may do, in words. */
export const roleWords: Record<StaffRole, { name: string; may: string }> = {
  owner: { name: 'Owner', may: 'Everything: also the team, API keys, and whether a second factor is required.' },
  finance: { name: 'Finance', may: 'Sees everything; refunds, mails invoices, changes connections and settings.' },
  viewer: { name: 'Viewer', may: 'Sees everything, and changes nothing that moves money or settings.' },
}
