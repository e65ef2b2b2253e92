import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'

export type DocumentRow = { href: string; name: string; note: string }

type Props = {
  title: string
  rows: DocumentRow[]
  /** In place of rows. */
  none: string
  /** Where the others are. */
  foot?: ReactNode
  /** Read out after each name: it is a file. */
  word: string
}

/** Files of one kind, each to be saved: the whole row is the target. */
export function DocumentsCard({ title, rows, none, foot, word }: Props) {
  return (
    <Card flush title={title} foot={foot}>
      {rows.length === 0 ? (
        <p className="px-4.5 py-5 text-text-2 wide:px-6">{none}</p>
      ) : (
        <ul>
          {rows.map(({ href, name, note }) => (
            <li key={href} className="border-hairline [&+&]:border-t">
              <a
                href={href}
                className="flex min-h-14 items-center justify-between gap-4 px-4.5 py-2.5 text-text no-underline hover:bg-hover hover:no-underline focus-visible:-outline-offset-2 wide:px-6"
              >
                <span className="grid min-w-0">
                  <span className="font-medium text-brand-text [overflow-wrap:anywhere]">{name}</span>
                  <span className="text-sm text-text-3">{note}</span>
                </span>
                <Download aria-hidden size={18} className="flex-none text-text-3" />
                <span className="sr-only">{word}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
