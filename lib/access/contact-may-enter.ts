import { sql } from '@/lib/base/sql'

/** Whether the contact `p` may come into the portal: neither gone in the PSA nor taken out by an owner of theirs. */
export const contactMayEnter = sql`p.gone_at is null and p.removed_at is null`
