import { sql } from '@/lib/base/sql'

/** Whether a request still waits: neither taken back, nor done, nor declined. The index that keeps it single says the same. */
export const isOpenErasure = sql`withdrawn_at is null and done_at is null and declined_at is null`
