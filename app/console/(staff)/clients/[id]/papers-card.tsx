import Link from 'next/link'
import { Card } from '@/components/ui/card'
import type { KeptPaper } from '@/lib/papers/paper'

type Props = { clientId: string; papers: KeptPaper[]; canManage: boolean }

/** The papers this client alone finds in its portal. */
export function PapersCard({ clientId, papers, canManage }: Props) {
  const shown = papers.filter(({ withdrawn }) => withdrawn === undefined)
  const all = `/console/settings/documents?client=${clientId}`
  return (
    <Card
      title="Documents"
      flush
      aside={
        (canManage || papers.length > 0) && (
          <Link href={all} className="text-sm">
            {canManage ? 'Hand one out' : 'All'}
          </Link>
        )
      }
    >
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-sm text-text-2 wide:px-5">None for this client alone.</p>
      ) : (
        <ul className="text-sm">
          {shown.map(({ id, title, year }) => (
            <li key={id} className="border-hairline px-4 py-2.5 not-first:border-t wide:px-5">
              <a href={`/console/settings/documents/${id}/pdf`} className="[overflow-wrap:anywhere]">
                {year === undefined ? title : `${title}, ${year}`}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
