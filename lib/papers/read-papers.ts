import 'server-only'
import { type Actor, isGuest, seesAll } from '@/lib/access/actor'
import type { PortalReader } from '@/lib/access/require-contact'
import type { StaffActor } from '@/lib/access/require-staff'
import { withTenant } from '@/lib/base/db'
import { Fault } from '@/lib/base/fault'
import { isId } from '@/lib/base/ids'
import { sql } from '@/lib/base/sql'
import type { KeptPaper, PaperView } from './paper'

type Row = Omit<PaperView, 'year'> & { year: number | null }

/** What a client may read: papers for everybody and its own, the latest year first. */
export async function listPapers(actor: PortalReader): Promise<PaperView[]> {
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<Row>(sql`
      select id, title, year, octet_length(pdf) as bytes, created_at from papers
      where tenant_id = ${tx.tenantId} and withdrawn_at is null and (client_id is null or client_id = ${actor.clientId})
      order by coalesce(year, extract(year from created_at)) desc, title, id desc`),
  )
  return rows.map(toView)
}

const keptMax = 500

/** Every paper that was ever handed out, those shown first; of one client only those that are its own. */
export async function listKeptPapers(actor: StaffActor, clientId?: string): Promise<KeptPaper[]> {
  if (clientId !== undefined && !isId(clientId)) return []
  const rows = await withTenant(actor.tenantId, (tx) =>
    tx.rows<
      Row & {
        clientId: string | null
        clientName: string | null
        addedBy: string
        withdrawnAt: Date | null
        withdrawnBy: string | null
        isReplaced: boolean
      }
    >(sql`
      select p.id, p.title, p.year, octet_length(p.pdf) as bytes, p.created_at, p.client_id, c.name as client_name,
        a.name as added_by, p.withdrawn_at, w.name as withdrawn_by, p.replaced_by is not null as is_replaced
      from papers p
      join staff a on a.tenant_id = p.tenant_id and a.id = p.added_by
      left join staff w on w.tenant_id = p.tenant_id and w.id = p.withdrawn_by
      left join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
      where p.tenant_id = ${tx.tenantId} and (${clientId ?? null}::uuid is null or p.client_id = ${clientId ?? null}::uuid)
      order by p.withdrawn_at is not null, p.created_at desc, p.id desc limit ${keptMax}`),
  )
  return rows.map(({ clientId: id, clientName, addedBy, withdrawnAt, withdrawnBy, isReplaced, ...row }) => ({
    ...toView(row),
    ...(id !== null && { client: { id, name: clientName ?? '' } }),
    addedBy,
    ...(withdrawnAt !== null && { withdrawn: { at: withdrawnAt, by: withdrawnBy ?? '', isReplaced } }),
  }))
}

/**
 * One paper with its file. Staff may look at what is no longer shown.
 * @throws Fault not-found also when it is another client's, or no longer shown
 */
export async function openPaper(actor: Actor, id: string): Promise<PaperView & { pdf: Buffer }> {
  const row =
    isId(id) && !isGuest(actor)
      ? await withTenant(actor.tenantId, (tx) =>
          tx.row<Row & { pdf: Buffer; clientId: string | null; isShown: boolean }>(sql`
            select id, title, year, octet_length(pdf) as bytes, created_at, pdf, client_id, withdrawn_at is null as is_shown
            from papers where tenant_id = ${tx.tenantId} and id = ${id}`),
        )
      : undefined
  if (row === undefined || !(seesAll(actor) || (row.isShown && [null, actor.clientId].includes(row.clientId))))
    throw new Fault('not-found', 'No such paper')
  return { ...toView(row), pdf: row.pdf }
}

function toView({ id, title, year, bytes, createdAt }: Row): PaperView {
  return { id, title, bytes, createdAt, ...(year !== null && { year }) }
}
