import type { StaffRole } from '@/lib/access/team'

/** What each role may do, in words. */
export const roleWords: Record<StaffRole, { name: string; may: string }> = {
  owner: {
    name: 'Owner',
    may: 'Everything: also the team, API keys, and when a second factor or a second person is needed.',
  },
  finance: {
    name: 'Finance',
    may: 'Sees everything; refunds, mails invoices, changes connections and settings, looks at portals as a client.',
  },
  viewer: { name: 'Viewer', may: 'Sees everything but the audit trail, and changes nothing.' },
}
