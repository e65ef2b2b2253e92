import { Card } from '@/components/ui/card'
import { LoadingRegion } from '@/components/ui/loading-region'
import { Skeleton } from '@/components/ui/skeleton'
import { PageFrame } from './page-frame'
import { TwoColumns } from './two-columns'

/** Gray where the rows will be: a list under its title. */
export function ListSkeleton({ name, tabs = false }: { name: string; tabs?: boolean }) {
  return (
    <PageFrame crumbs={[{ name }]}>
      <LoadingRegion>
        <div className="grid gap-2">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="w-64" />
        </div>
        {tabs && <Skeleton className="h-4 w-72" />}
        <RowsSkeleton rows={12} />
      </LoadingRegion>
    </PageFrame>
  )
}

/** Gray where a record will be: its title, its cards. */
export function RecordSkeleton({
  crumbs,
  figures = false,
}: {
  crumbs: { name: string; href?: string }[]
  figures?: boolean
}) {
  return (
    <PageFrame crumbs={[...crumbs, { name: '…' }]}>
      <LoadingRegion>
        <div className="grid gap-2">
          <Skeleton className="h-5 w-56" />
          <Skeleton className="w-80 max-w-full" />
        </div>
        {figures && <FiguresSkeleton />}
        <TwoColumns
          main={
            <>
              <RowsSkeleton rows={5} />
              <RowsSkeleton rows={6} />
            </>
          }
          side={
            <>
              <RowsSkeleton rows={4} />
              <RowsSkeleton rows={3} />
            </>
          }
        />
      </LoadingRegion>
    </PageFrame>
  )
}

export function FiguresSkeleton() {
  return (
    <Card>
      <div className="grid grid-cols-2 gap-5 wide:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <div key={key} className="grid gap-2">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-32" />
            <Skeleton className="w-28" />
          </div>
        ))}
      </div>
    </Card>
  )
}

export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <Card flush>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing moves in a skeleton
        <div key={row} className="flex h-10 items-center justify-between border-hairline px-5 not-first:border-t">
          <Skeleton className={row % 3 === 0 ? 'w-44' : 'w-32'} />
          <Skeleton className="w-20" />
        </div>
      ))}
    </Card>
  )
}
