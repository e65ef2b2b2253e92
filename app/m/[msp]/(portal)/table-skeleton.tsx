import { Card } from '@/components/ui/card'
import { LoadingRegion } from '@/components/ui/loading-region'
import { Skeleton } from '@/components/ui/skeleton'

/** The shape of a table of invoices or receipts, while the database answers. */
export function TableSkeleton({ rows, word }: { rows: number; word: string }) {
  return (
    <LoadingRegion word={word}>
      <Card flush>
        <ul>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: gray bars have nothing else to go by
            <li key={row} className="flex justify-between gap-6 border-hairline px-4.5 py-5 wide:px-6 [&+&]:border-t">
              <Skeleton className="w-40" />
              <Skeleton className="w-20" />
            </li>
          ))}
        </ul>
      </Card>
    </LoadingRegion>
  )
}
