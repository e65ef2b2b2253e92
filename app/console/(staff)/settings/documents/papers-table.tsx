import { FileText } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Empty } from '@/components/ui/empty'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, Tbody, Td, Th } from '@/components/ui/table'
import type { KeptPaper } from '@/lib/papers/paper'
import { shortDay } from '../../when'
import { withdraw } from './acts'

type Props = { papers: KeptPaper[]; timeZone: string; canManage: boolean; clientId?: string }

/** Every paper that was handed out: to whom, when and by whom, and until when. */
export function PapersTable({ papers, timeZone, canManage, clientId }: Props) {
  if (papers.length === 0)
    return (
      <Empty icon={FileText} title="No documents yet">
        A W-9, a certificate of insurance: what is handed out here stands in the portal at once.
      </Empty>
    )
  return (
    <Table caption="Documents" wide>
      <thead>
        <tr>
          <Th>Document</Th>
          <Th>For</Th>
          <Th>Handed out</Th>
          <Th>
            <span className="sr-only">Act</span>
          </Th>
        </tr>
      </thead>
      <Tbody>
        {papers.map((paper) => (
          <tr key={paper.id}>
            <Td>
              <a href={`/console/settings/documents/${paper.id}/pdf`} className="[overflow-wrap:anywhere]">
                {nameOf(paper)}
              </a>
              <div className="text-text-3 text-xs">PDF, {Math.max(1, Math.round(paper.bytes / 1000))} kB</div>
            </Td>
            <Td>
              {paper.client === undefined ? (
                'Every client'
              ) : (
                <Link href={`/console/clients/${paper.client.id}`}>{paper.client.name}</Link>
              )}
            </Td>
            <Td>
              {shortDay(paper.createdAt, timeZone)}
              <div className="text-text-3 text-xs">{paper.addedBy}</div>
            </Td>
            <Td className="text-right">
              {paper.withdrawn !== undefined ? (
                <div className="grid justify-items-end gap-0.5">
                  <Badge>{paper.withdrawn.isReplaced ? 'Replaced' : 'Withdrawn'}</Badge>
                  <span className="text-text-3 text-xs">
                    {shortDay(paper.withdrawn.at, timeZone)}, {paper.withdrawn.by}
                  </span>
                </div>
              ) : (
                canManage && <Acts paper={paper} clientId={clientId} />
              )}
            </Td>
          </tr>
        ))}
      </Tbody>
    </Table>
  )
}

function Acts({ paper, clientId }: { paper: KeptPaper; clientId: string | undefined }) {
  const name = nameOf(paper)
  const within = clientId === undefined ? '' : `&client=${clientId}`
  return (
    <div className="flex flex-wrap justify-end gap-1">
      <Link
        href={`/console/settings/documents?replace=${paper.id}${within}`}
        aria-label={`Replace ${name}`}
        className={buttonLook('quiet', 'small')}
      >
        Replace
      </Link>
      <ConfirmDialog
        opener="Withdraw"
        openerTone="quiet"
        openerSize="small"
        title={`Withdraw ${name}?`}
        cancel="Keep it"
      >
        <p className="text-sm text-text-2">
          Clients no longer find it in the portal. It stays here on record, and who has saved it still has it.
        </p>
        <form action={withdraw}>
          <input type="hidden" name="id" value={paper.id} />
          {clientId !== undefined && <input type="hidden" name="client" value={clientId} />}
          <SubmitButton tone="danger" busy="Withdrawing">
            Withdraw it
          </SubmitButton>
        </form>
      </ConfirmDialog>
    </div>
  )
}

function nameOf({ title, year }: KeptPaper): string {
  return year === undefined ? title : `${title}, ${year}`
}
